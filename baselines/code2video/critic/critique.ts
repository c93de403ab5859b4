import { z } from 'zod';
import type { ChatReply } from '../../../harness/models/chat.ts';
import { fromDisk } from '../../../harness/store/keys.ts';
import { extractJson } from '../../extract.ts';

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

/** A critic's answer, or why it is none. */
export type Critique = { ok: true; problems: Problem[] } | { ok: false; reason: string };

/**
 * Reads a reply; prose around the JSON is allowed, and the list of problems alone counts: other keys (a verdict that
 * contradicts it, say) are ignored. A cut, refused or shapeless reply is no critique, and never one without problems.
 */
export function readCritique({ text, finish }: Pick<ChatReply, 'text' | 'finish'>): Critique {
  if (finish !== 'stop') return { ok: false, reason: `the answer is not complete (${finish})` };
  const json = extractJson(text);
  if (json === undefined) return { ok: false, reason: 'the answer holds no complete JSON object' };
  const parsed = critiqueSchema.safeParse(fromDisk(json));
  return parsed.success
    ? { ok: true, problems: parsed.data.problems }
    : { ok: false, reason: z.prettifyError(parsed.error).slice(0, 1000) };
}

/** The edit of a problem; `null` where it has none. */
export function readEdit(edit: unknown): { ok: true; edit: Edit } | { ok: false; reason: string } | null {
  if (edit === undefined || edit === null) return null;
  const parsed = editSchema.safeParse(edit);
  if (parsed.success) return { ok: true, edit: parsed.data };
  return { ok: false, reason: `not an edit: ${z.prettifyError(parsed.error).slice(0, 300)}` };
}
