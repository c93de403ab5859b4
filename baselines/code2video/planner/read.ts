import { z } from 'zod';
import { fromDisk } from '../../../harness/store/keys.ts';
import { extractJson } from '../../extract.ts';
import type { Violation } from './contract.ts';

/** A stage's result with the rules that it breaks, or why there is none. */
export type Reading<T> =
  | { ok: true; value: T; broken: readonly Violation[] }
  | { ok: false; problem: string };

/** How to read one stage's JSON and hold it to the contract. */
export interface Reader<T, Raw = unknown> {
  schema: z.ZodType<Raw>;
  check(raw: Raw): { value: T; broken: readonly Violation[] };
}

/** Reads a reply, or a file that a person edited. Never throws. */
export function readStage<T, Raw>(text: string, reader: Reader<T, Raw>): Reading<T> {
  const json = extractJson(text);
  if (json === undefined) return { ok: false, problem: 'the answer holds no complete JSON object' };
  const parsed = reader.schema.safeParse(fromDisk(json));
  if (!parsed.success) return { ok: false, problem: z.prettifyError(parsed.error) };
  return { ok: true, ...reader.check(parsed.data) };
}
