import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import type { Problem } from './shop.ts';
import type { CatalogueEntry } from './types.ts';

/** One row of a catalogue as read; a broken one is listed with what is wrong. */
export type CatalogueRow =
  | { ok: true; where: string; entry: CatalogueEntry; notes: readonly string[] }
  | { ok: false; where: string; problem: Problem };

/** There is no catalogue to read at all. */
export function badCatalogue(message: string, hint: string, cause?: unknown): MmmcError {
  return new MmmcError('bad_catalogue', message, { exitCode: exitCodes.usage, hint, cause });
}

/** Is it a JSON object? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
