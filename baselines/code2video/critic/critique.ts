import { z } from 'zod';
import type { ChatReply } from '../../../harness/models/chat.ts';
import { schemaOf } from '../../../harness/models/reply-schema.ts';
import { type Reading, readForm, readJson } from '../../../harness/models/structured.ts';

/** Where a thing is to stand: a cell (`centre` in that mode), the area between two cells, or a point of the stage in units. */
const targetSchema = z.union([
  z.string(),
  z.tuple([z.string(), z.string()]),
  z.object({ x: z.number(), y: z.number() }),
]);
export type MoveTo = z.infer<typeof targetSchema>;

/** Only a hint: the name decides where there is no such line. */
const line = z.int().min(1).optional().catch(undefined);
const object = z.string().min(1).max(100);

/** What the critic asks to be changed. */
const editSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('move'), object, line, to: targetSchema }),
  z.object({ action: z.literal('rescale'), object, line, factor: z.number() }),
  z.object({
    action: z.literal('restyle'),
    object,
    line,
    color: z.string().optional(),
    opacity: z.number().optional(),
  }),
  z.object({ action: z.literal('retime'), block: z.int(), waitS: z.number() }),
  z.object({ action: z.literal('rewrite'), block: z.int(), instruction: z.string().min(1).max(1000) }),
]);
export type Edit = z.infer<typeof editSchema>;

const kinds = [
  'overlap',
  'covered_line',
  'off_screen',
  'empty_region',
  'too_small',
  'low_contrast',
  'timing',
  'other',
] as const;

/** From the worst on: in this order edits are made. */
export const severities = ['high', 'medium', 'low'] as const;

const problemSchema = z.object({
  kind: z.enum(kinds).catch('other'),
  object: z.string().max(200).catch(''),
  with: z.string().max(200).optional().catch(undefined),
  timeS: z.number().optional().catch(undefined),
  severity: z.enum(severities).catch('medium'),
  explanation: z.string().max(2000).catch(''),
  /** Read by `readEdit`, so that one that is odd does not spoil the rest. */
  edit: z.unknown().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const critiqueSchema = z.object({ problems: z.array(problemSchema).max(50) });

/** The form that a critic is asked for. */
export const critiqueForm = schemaOf(
  'critique',
  z.object({ problems: z.array(problemSchema.extend({ edit: editSchema.optional() })) }),
);

/**
 * Reads a reply; prose around the JSON is allowed, and the list of problems alone counts: other keys (a verdict that
 * contradicts it, say) are ignored. A shapeless reply is no critique (nor is a cut or refused one, which `askStructured` does not read), and never one without problems.
 */
export function readCritique({ text }: Pick<ChatReply, 'text'>): Reading<Problem[]> {
  const read = readJson(text, critiqueSchema);
  return read.ok
    ? { ok: true, value: read.value.problems }
    : { ...read, problem: read.problem.slice(0, 1000) };
}

/** The edit of a problem; `null` where it has none. */
export function readEdit(edit: unknown): { ok: true; edit: Edit } | { ok: false; reason: string } | null {
  if (edit === undefined || edit === null) return null;
  const read = readForm(edit, editSchema);
  if (read.ok) return { ok: true, edit: read.value };
  return { ok: false, reason: `not an edit: ${read.problem.slice(0, 300)}` };
}
