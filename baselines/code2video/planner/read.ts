import type { z } from 'zod';
import type { ReplySchema } from '../../../harness/models/chat.ts';
import { readJson } from '../../../harness/models/structured.ts';
import type { Violation } from './contract.ts';

/** A stage's result with the rules that it breaks, or why there is none. */
export type Reading<T> =
  | { ok: true; value: T; broken: readonly Violation[] }
  | { ok: false; problem: string };

/** How to read one stage's JSON and hold it to the contract. */
export interface Reader<T, Raw = unknown> {
  schema: z.ZodType<Raw>;
  /** The form that the planner is asked for. */
  form: ReplySchema;
  check(raw: Raw): { value: T; broken: readonly Violation[] };
}

/** Reads a reply, or a file that a person edited. Never throws. */
export function readStage<T, Raw>(text: string, reader: Reader<T, Raw>): Reading<T> {
  const read = readJson(text, reader.schema);
  return read.ok ? { ok: true, ...reader.check(read.value) } : read;
}
