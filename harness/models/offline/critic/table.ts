import { z } from 'zod';

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const edges = z
  .object({ left: z.number(), bottom: z.number(), right: z.number(), top: z.number() })
  .transform(({ left, bottom, right, top }) => [left, bottom, right, top] as const);

const seenSchema = z.object({
  element: z.string(),
  line: z.int().nullable(),
  place: z.enum(['stage', 'title', 'lecture']),
  kind: z.enum(['text', 'solid', 'loose', 'open']),
  box,
  text: z.string().optional(),
  text_px: z.number().optional(),
  /** Numbers of the moments at which it stood so. */
  seen: z.array(z.int()),
});
/** One thing that is seen at a moment, with its box (left, bottom, right, top, in units). */
export type Element = Omit<z.infer<typeof seenSchema>, 'seen'>;

const momentSchema = z.object({ moment: z.int(), time_s: z.number(), block: z.int() });
/** What was seen at the end of an animation, while a lecture line was lit. */
export interface Moment {
  time_s: number;
  block: number;
  elements: readonly Element[];
}

const occupancySchema = z
  .object({ moments: z.array(momentSchema), elements: z.array(seenSchema) })
  .transform(({ moments, elements }): Moment[] =>
    moments.map(({ moment, ...rest }) => ({
      ...rest,
      elements: elements.filter(({ seen }) => seen.includes(moment)),
    })),
  );

/** What the critic reads of a request: the occupancy table, the anchors and the bounds; nothing else. */
export const critiqueSchema = z.object({
  task: z.literal('critique'),
  anchors: z
    .object({
      mode: z.string(),
      cells: z.array(z.object({ cell: z.string(), x: z.number(), y: z.number() })),
    })
    .nullable(),
  stage: edges,
  frame: edges,
  occupancy: occupancySchema,
  tried: z.array(z.object({ edits: z.array(z.unknown()) })).default([]),
});
export type CritiqueRequest = z.infer<typeof critiqueSchema>;
