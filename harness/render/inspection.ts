import { z } from 'zod';
import { fromDisk } from '../store/keys.ts';
import { parseJson } from '../store/parse-json.ts';
import type { SceneCost, SceneError } from './renderer.ts';
import { cleanError, sceneErrorSchema } from './worker-result.ts';

/** Lines count from 1, both ends included. */
const span = { start: z.int().min(1), end: z.int().min(1) };

/** A piece of source. Columns count UTF-16 units from 0, the end excluded: ready for `slice`. */
const range = {
  line: z.int().min(1),
  column: z.int().min(0),
  endLine: z.int().min(1),
  endColumn: z.int().min(0),
};

/** An expression as it stands in the file; `text` is cut at 500 characters, the range is not. */
const part = { text: z.string(), ...range };

const placement = z.strictObject({
  /** `place_at`, `move_to`, `next_to`, `scale`, … */
  method: z.string(),
  /** What is placed: the receiver, or for `place_at` and `place_in` the first argument. */
  object: z.strictObject(part),
  /** The variable the object's expression begins with, such as `labels` or `self.title`; `null` for a new object. */
  root: z.string().nullable(),
  /** The variable that the statement assigns; `null` where it is not just one. */
  assigned: z.string().nullable(),
  /** Does it act on `.animate`? */
  animated: z.boolean(),
  /** The lecture line in whose block it stands (0 before the first); `null` outside `construct`. */
  block: z.int().min(0).nullable(),
  arguments: z.array(z.strictObject({ name: z.string().nullable(), ...part })),
  ...range,
});

const factsSchema = z.strictObject({
  /** The scene class asked for; `null` where the file does not define it, or does not parse. */
  className: z.string().nullable(),
  /** What the file binds, in the order of lines; the scope is a function's or class's name, `<module>`, or `self`. */
  names: z.array(z.strictObject({ name: z.string(), scope: z.string(), line: z.int().min(1) })),
  /** The parts of `construct`: `line` is the lecture line, 0 what stands before the first one. */
  blocks: z.array(z.strictObject({ line: z.int().min(0), ...span })),
  /** The statements of `construct` itself, outermost only. */
  statements: z.array(z.strictObject(span)),
  functions: z.array(z.strictObject({ name: z.string(), ...span })),
  placements: z.array(placement),
  imports: z.array(z.strictObject({ module: z.string(), names: z.array(z.string()), line: z.int().min(1) })),
});

const inspectionSchema = z.strictObject({ problems: z.array(sceneErrorSchema), facts: factsSchema });

/** What a scene file says of itself, taken from its syntax tree. At most 400 entries of each kind. */
export type SceneFacts = z.infer<typeof factsSchema>;
export type Placement = SceneFacts['placements'][number];

/**
 * What is known of a scene before any of it runs. A failed inspection names the first problem by line in `error` and all
 * (at most 20) in `problems`. Of a file that does not parse `facts` has only the blocks, found by their text.
 */
export type Inspection = (
  | ({ ok: true } & SceneFacts)
  | { ok: false; error: SceneError; problems: readonly SceneError[]; facts: SceneFacts }
) & { cost: SceneCost };

/** Reads what the inspecting program wrote, keys in snake_case; `null` when it is not that. */
export function readInspection(text: string, cost: SceneCost): Inspection | null {
  const parsed = inspectionSchema.safeParse(fromDisk(parseJson(text)));
  if (!parsed.success) return null;
  const { facts } = parsed.data;
  const problems = parsed.data.problems.map(cleanError);
  const [error] = problems;
  return error === undefined ? { ok: true, ...facts, cost } : { ok: false, error, problems, facts, cost };
}
