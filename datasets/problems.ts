import { exitCodes, MmmcError } from '../harness/store/errors.ts';
import type { Anomaly } from './schema.ts';

/** Problems shown at most; a broken file can hold thousands. */
const shown = 50;

/**
 * Gathers all that is wrong with bad input, so that one run names it all. What has a problem is left out by the caller;
 * `settle` throws unless the user asked to be lenient, and then hands the problems over as anomalies.
 */
export class Problems {
  readonly #found: Anomaly[] = [];

  add(kind: string, where: string, message: string): void {
    this.#found.push({ kind, where, message });
  }

  get count(): number {
    return this.#found.length;
  }

  /** Throws `bad_dataset` (exit 2) naming each problem with its place, or returns them when `lenient`. */
  settle(lenient: boolean): readonly Anomaly[] {
    if (lenient || this.#found.length === 0) return this.#found;
    const lines = this.#found.slice(0, shown).map(({ where, message }) => `${where}: ${message}`);
    const more = this.#found.length > shown ? [`and ${this.#found.length - shown} more`] : [];
    throw new MmmcError('bad_dataset', [...lines, ...more].join('\n'), {
      exitCode: exitCodes.usage,
      hint: 'Nothing was written. Mend these places, or leave them out with --lenient.',
    });
  }
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
