import type { Flaw, Lesson, Mistake } from './lessons.ts';
import { finishedSection } from './lessons.ts';

/** Lines of a block of code, without the line end that YAML blocks leave behind. */
export function codeLines(code: string): string[] {
  return code
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => line.trimEnd());
}

/** Where `block` stands in `lines` without a gap: the indices of its first line. */
export function occurrences(lines: readonly string[], block: readonly string[]): number[] {
  const found: number[] = [];
  for (let start = 0; start + block.length <= lines.length; start += 1) {
    if (block.every((line, offset) => lines[start + offset] === line)) found.push(start);
  }
  return found;
}

/** The first draft of a section: its finished code with each of its mistakes and flaws put in. `undefined` for an unknown section. */
export async function firstDraft(lesson: Lesson, section: string): Promise<string | undefined> {
  const finished = await finishedSection(lesson, section);
  if (finished === undefined) return undefined;
  const slips = [...lesson.flaws, ...lesson.mistakes].filter((slip) => slip.section === section);
  return slips.reduce(putIn, finished);
}

function putIn(code: string, slip: Mistake | Flaw): string {
  const lines = code.split('\n').map((line) => line.trimEnd());
  const good = codeLines(slip.good);
  const [start, ...more] = occurrences(lines, good);
  if (start === undefined || more.length > 0) {
    const what = 'error' in slip ? slip.error : slip.kind;
    throw new Error(`${slip.section}: the good lines of a ${what} must occur exactly once`);
  }
  lines.splice(start, good.length, ...codeLines(slip.bad));
  return lines.join('\n');
}

/** One change of a repair: `bad` gives way to `good`; `before` and `after` lines around `bad` belong to the mistake as well. */
export interface Change {
  bad: readonly string[];
  good: readonly string[];
  before: number;
  after: number;
}

/** The change between two blocks without the lines that they share at both ends, so that a narrow scope can hold it. */
export function smallestChange(bad: readonly string[], good: readonly string[]): Change {
  const room = Math.min(bad.length, good.length);
  let before = 0;
  while (before < room && bad[before] === good[before]) before += 1;
  let after = 0;
  while (after < room - before && bad.at(-1 - after) === good.at(-1 - after)) after += 1;
  // Lines that are only missing cannot be recognised by what is there: keep the whole block.
  if (before + after >= bad.length) return { bad, good, before: 0, after: 0 };
  return {
    bad: bad.slice(before, bad.length - after),
    good: good.slice(before, good.length - after),
    before,
    after,
  };
}
