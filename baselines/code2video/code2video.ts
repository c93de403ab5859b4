import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toDisk } from '../../harness/store/keys.ts';
import { extractCode } from '../extract.ts';
import { defineMethod, type Lesson, type Production, type SectionReport, type Studio } from '../method.ts';
import { ask } from '../repair.ts';
import { produceScene } from '../scene-loop.ts';
import { planOutline, planStoryboard, type StorySection } from './plan.ts';

const settingsSchema = z.strictObject({
  /** Repairs of one section's code, after which the section is given up. */
  repairs: z.int().min(0).max(20).default(4),
});
type Settings = z.infer<typeof settingsSchema>;

const teachingScene = readFileSync(join(import.meta.dirname, 'teaching_scene.py'), 'utf8');

/**
 * Code2Video (paper section 4): outline -> storyboard -> one scene per section, in parallel -> check -> repair with
 * the located error -> render -> merge in the order of the plan.
 */
export const code2video = defineMethod<Settings>({
  name: 'code2video',
  version: '1',
  settings: settingsSchema,
  roles: ['planner', 'coder'],
  prompts: [
    'code2video/outline',
    'code2video/storyboard',
    'code2video/correct-json',
    'code2video/section-code',
    'code2video/repair',
  ],
  renders: true,
  estimate: () => ({ calls: { planner: 2, coder: 8 }, renders: 5 }),
  produce,
});

async function produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const outline = await planOutline(lesson, studio);
  if (!outline.ok) return planFailed('outline', outline);
  await studio.write('outline.json', readable(outline.value));
  const storyboard = await planStoryboard(lesson, outline.value, studio);
  if (!storyboard.ok) return planFailed('storyboard', storyboard);
  await studio.write('storyboard.json', readable(storyboard.value));
  await studio.write('teaching_scene.py', teachingScene);
  const sections = await allOf(
    storyboard.value.sections.map((section) => produceSection(lesson, section, settings, studio)),
  );
  return merge(sections, studio);
}

/** Like Promise.all, but a failure waits for its siblings: none of them may work on after the cell has ended. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function planFailed(stage: string, plan: { refused: boolean; problem: string }): Production {
  return {
    status: plan.refused ? 'refused' : 'method_failed',
    cause: plan.refused ? 'refused' : 'plan_unusable',
    message: `the ${stage} could not be used, after one correction: ${plan.problem}`,
    video: null,
    sections: [],
  };
}

async function produceSection(
  lesson: Lesson,
  section: StorySection,
  settings: Settings,
  studio: Studio,
): Promise<SectionReport> {
  const className = `Section${section.id.slice('section_'.length)}Scene`;
  const data = {
    task: 'section_code',
    topic: { title: lesson.title, language: lesson.language },
    section,
    className,
  };
  const reply = await studio.chat('coder', ask(studio.prompt('code2video/section-code', data)), {
    purpose: 'section_code',
    section: section.id,
  });
  const code = extractCode(reply.text);
  const report = { id: section.id, title: section.title };
  if (code === null)
    return {
      ...report,
      codeProduced: false,
      checked: false,
      rendered: false,
      repairs: 0,
      error: { kind: 'no_code', message: `the coder's answer (${reply.finish}) holds no code` },
    };
  const task = {
    title: lesson.title,
    section: section.id,
    subfolder: section.id,
    className,
    modules: { 'teaching_scene.py': teachingScene },
    repairPrompt: 'code2video/repair',
    repairs: settings.repairs,
    check: true,
  };
  const { error, ...outcome } = await produceScene(code, task, studio);
  return {
    ...report,
    codeProduced: true,
    ...outcome,
    error: error && { kind: error.kind, message: sentence(error) },
  };
}

function sentence(error: { type: string; message: string; frames: readonly { line: number }[] }): string {
  const line = error.frames.at(-1)?.line;
  return `${error.type}: ${error.message}${line === undefined ? '' : ` (line ${line})`}`;
}

async function merge(sections: readonly SectionReport[], studio: Studio): Promise<Production> {
  const rendered = sections.filter((s) => s.rendered);
  const missing = sections.filter((s) => !s.rendered).map((s) => s.id);
  const failed = (cause: string, message: string): Production => ({
    status: 'method_failed',
    cause,
    message,
    video: null,
    sections,
  });
  if (rendered.length === 0)
    return failed(
      'no_section_rendered',
      `none of ${sections.length} sections rendered; ${sections[0]?.error?.message}`,
    );
  const merged = await studio.concat(
    rendered.map((s) => `${s.id}/video.mp4`),
    'video.mp4',
  );
  if (!merged.ok) return failed('merge_failed', merged.reason);
  if (missing.length === 0) return { status: 'ok', cause: null, message: null, video: 'video.mp4', sections };
  return {
    status: 'partial',
    cause: 'sections_missing',
    message: `missing: ${missing.join(', ')}`,
    video: 'video.mp4',
    sections,
  };
}

const readable = (value: unknown) => `${JSON.stringify(toDisk(value), null, 2)}\n`;
