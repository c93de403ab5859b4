import { z } from 'zod';
import { fromDisk } from '../../harness/store/keys.ts';
import { extractJson } from '../extract.ts';
import type { Lesson, Studio } from '../method.ts';
import { ask } from '../repair.ts';

const sectionId = z.string().regex(/^section_[1-9]\d?$/, 'ids are section_1, section_2, …');

export const outlineSchema = z.object({
  topic: z.string().min(1),
  targetAudience: z.string().min(1),
  sections: z
    .array(
      z.object({ id: sectionId, title: z.string().min(1), content: z.string().min(1), example: z.string() }),
    )
    .min(1)
    .max(12),
});
export type Outline = z.infer<typeof outlineSchema>;

const storySectionSchema = z
  .object({
    id: sectionId,
    title: z.string().min(1),
    lectureLines: z.array(z.string().min(1)).min(1).max(5),
    animations: z.array(z.string().min(1)).min(1).max(5),
    durationS: z.number().positive().optional(),
  })
  .refine((s) => s.lectureLines.length === s.animations.length, 'as many animations as lecture lines');
export type StorySection = z.infer<typeof storySectionSchema>;

/** The storyboard that fits an outline: the same ids in the same order. */
function storyboardSchema(outline: Outline) {
  const ids = outline.sections.map((s) => s.id).join(', ');
  return z
    .object({ sections: z.array(storySectionSchema).min(1) })
    .refine(
      (board) => board.sections.map((s) => s.id).join(', ') === ids,
      `the sections are ${ids}, in this order`,
    );
}

export type Planned<T> = { ok: true; value: T } | { ok: false; refused: boolean; problem: string };

/** Asks for the outline. An unusable answer costs one corrective request that names what is wrong. */
export async function planOutline(lesson: Lesson, studio: Studio): Promise<Planned<Outline>> {
  const data = { task: 'outline', topic: { title: lesson.title, language: lesson.language } };
  const unique = outlineSchema.refine(
    (o) => new Set(o.sections.map((s) => s.id)).size === o.sections.length,
    'two sections have one id',
  );
  return plan('outline', data, unique, studio);
}

/** Asks for the storyboard of an outline; corrected like the outline. */
export async function planStoryboard(
  lesson: Lesson,
  outline: Outline,
  studio: Studio,
): Promise<Planned<{ sections: StorySection[] }>> {
  const data = { task: 'storyboard', topic: { title: lesson.title, language: lesson.language }, outline };
  return plan('storyboard', data, storyboardSchema(outline), studio);
}

async function plan<T>(
  stage: 'outline' | 'storyboard',
  data: Record<string, unknown>,
  schema: z.ZodType<T>,
  studio: Studio,
): Promise<Planned<T>> {
  const first = await studio.chat('planner', ask(studio.prompt(`code2video/${stage}`, data)), {
    purpose: stage,
  });
  const read = readPlan(first.text, schema);
  if (read.ok) return read;
  const correction = { ...data, problem: read.problem, answer: first.text.slice(0, 20_000) };
  const second = await studio.chat('planner', ask(studio.prompt('code2video/correct-json', correction)), {
    purpose: `${stage}_correction`,
    attempt: 2,
  });
  const again = readPlan(second.text, schema);
  return again.ok ? again : { ...again, refused: second.finish === 'refusal' };
}

function readPlan<T>(reply: string, schema: z.ZodType<T>): Planned<T> {
  const json = extractJson(reply);
  if (json === undefined)
    return { ok: false, refused: false, problem: 'the answer holds no complete JSON object' };
  const parsed = schema.safeParse(fromDisk(json));
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, refused: false, problem: z.prettifyError(parsed.error) };
}
