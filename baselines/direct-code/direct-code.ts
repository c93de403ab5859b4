import { z } from 'zod';
import { incompleteness } from '../../harness/models/whole-reply.ts';
import { extractCode } from '../extract.ts';
import { defineMethod, type Lesson, type Production, type SectionReport, type Studio } from '../method.ts';
import { ask } from '../repair.ts';
import { produceScene } from '../scene-loop.ts';

const settingsSchema = z.strictObject({
  /** Repairs of the code; 0 is the paper's "Code LLM" rows. */
  repairs: z.int().min(0).max(20).default(0),
  /** So many tries at each topic, all of them made: the first one that renders is the video, and pass@k counts all. */
  samples: z.int().min(1).max(100).default(1),
});
type Settings = z.infer<typeof settingsSchema>;

/** Direct code generation (paper section 5.1, "Code LLM"): one request, one scene, one render. */
export const directCode = defineMethod<Settings>({
  name: 'direct-code',
  version: '2',
  settings: settingsSchema,
  roles: ['coder'],
  prompts: ['direct-code/scene-code', 'direct-code/repair'],
  renders: true,
  estimate: ({ repairs, samples }) => ({
    calls: { coder: { low: samples, high: samples * (1 + repairs) } },
    renders: { low: samples, high: samples * (1 + repairs) },
  }),
  produce,
});

async function produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const { samples } = settings;
  const folders = Array.from({ length: samples }, (_, i) => (samples === 1 ? 'scene' : `sample_${i + 1}`));
  const tries = await Promise.all(folders.map((folder) => sample(folder, lesson, settings, studio)));
  const passed = tries.filter(({ status }) => status === 'ok');
  const [first] = passed.length > 0 ? passed : tries;
  if (first === undefined) throw new Error('there is at least one sample');
  return {
    ...first,
    sections: tries.flatMap(({ sections }) => sections),
    ...(samples > 1 && { samples: { tried: samples, passed: passed.length } }),
  };
}

/** One try: code, and its render. */
async function sample(
  folder: string,
  lesson: Lesson,
  settings: Settings,
  studio: Studio,
): Promise<Production> {
  const data = { task: 'scene_code', topic: { title: lesson.title, language: lesson.language } };
  const reply = await studio.chat('coder', ask(studio.prompt('direct-code/scene-code', data)), {
    purpose: 'scene_code',
  });
  const section = { id: folder, title: lesson.title };
  const incomplete = incompleteness(reply);
  const code = incomplete === null ? extractCode(reply.text) : null;
  if (code === null) return withoutCode(section, incomplete ?? 'no_code', reply.finish);
  const outcome = await produceScene(
    code,
    {
      title: lesson.title,
      section: null,
      subfolder: folder,
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
    video: outcome.rendered ? `${folder}/video.mp4` : null,
    sections: [{ ...section, codeProduced: true, ...outcome, error }],
  };
}

function withoutCode(
  section: Pick<SectionReport, 'id' | 'title'>,
  cause: string,
  finish: string,
): Production {
  const none = { codeProduced: false, checked: false, rendered: false, repairs: 0, error: null };
  return {
    status: cause === 'refused' ? 'refused' : 'method_failed',
    cause,
    message:
      cause === 'no_code' ? `the answer (${finish}) holds no code` : `the answer is not whole (${finish})`,
    video: null,
    sections: [{ ...section, ...none }],
  };
}
