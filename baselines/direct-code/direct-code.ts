import { z } from 'zod';
import { extractCode } from '../extract.ts';
import { defineMethod, type Lesson, type Production, type Studio } from '../method.ts';
import { ask } from '../repair.ts';
import { produceScene } from '../scene-loop.ts';

const settingsSchema = z.strictObject({
  /** Repairs of the code; 0 is the paper's "Code LLM" rows. */
  repairs: z.int().min(0).max(20).default(0),
});
type Settings = z.infer<typeof settingsSchema>;

/** Direct code generation (paper section 5.1, "Code LLM"): one request, one scene, one render. */
export const directCode = defineMethod<Settings>({
  name: 'direct-code',
  version: '1',
  settings: settingsSchema,
  roles: ['coder'],
  prompts: ['direct-code/scene-code', 'direct-code/repair'],
  renders: true,
  estimate: (settings) => ({ calls: { coder: 1 + settings.repairs }, renders: 1 }),
  produce,
});

async function produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const data = { task: 'scene_code', topic: { title: lesson.title, language: lesson.language } };
  const reply = await studio.chat('coder', ask(studio.prompt('direct-code/scene-code', data)), {
    purpose: 'scene_code',
  });
  const code = extractCode(reply.text);
  const section = { id: 'scene', title: lesson.title };
  if (code === null)
    return {
      status: reply.finish === 'refusal' ? 'refused' : 'method_failed',
      cause: reply.finish === 'refusal' ? 'refused' : 'no_code',
      message: `the answer (${reply.finish}) holds no code`,
      video: null,
      sections: [
        { ...section, codeProduced: false, checked: false, rendered: false, repairs: 0, error: null },
      ],
    };
  const outcome = await produceScene(
    code,
    {
      title: lesson.title,
      section: null,
      subfolder: 'scene',
      className: 'DirectScene',
      modules: {},
      repairPrompt: 'direct-code/repair',
      repairs: settings.repairs,
      prepare: extractCode,
      inspect: false,
      check: settings.repairs > 0,
    },
    studio,
  );
  const error = outcome.error && {
    kind: outcome.error.kind,
    message: `${outcome.error.type}: ${outcome.error.message}`,
  };
  return {
    status: outcome.rendered ? 'ok' : 'method_failed',
    cause: error?.kind ?? null,
    message: error?.message ?? null,
    video: outcome.rendered ? 'scene/video.mp4' : null,
    sections: [{ ...section, codeProduced: true, ...outcome, error }],
  };
}
