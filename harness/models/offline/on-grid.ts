import type { Flaw, Lesson, Mistake } from './lessons.ts';

const cell = /(?<=["'])([A-F])([1-6])(?=["'])/g;

/** Lessons name the cells of a grid of 6 by 6; this is the cell of a grid of n by n that holds the same point. */
export function onGrid(text: string, n: number): string {
  const place = (index: number) => Math.floor(((index + 0.5) * n) / 6);
  return text.replace(cell, (_, row: string, column: string) => {
    return `${String.fromCharCode(65 + place(row.charCodeAt(0) - 65))}${place(Number(column) - 1) + 1}`;
  });
}

/** Rows of the grid that a request speaks of, such as `8x8`; 6 where it speaks of none. */
export function gridSize(anchors: string | undefined): number {
  return Number(/^([1-9])x\1$/.exec(anchors ?? '')?.[1] ?? 6);
}

/** The flaws of a lesson as they stand in its code on that grid. */
export function flawsOnGrid({ flaws }: Lesson, n: number): Flaw[] {
  return flaws.map((flaw) => ({ ...flaw, good: onGrid(flaw.good, n), bad: onGrid(flaw.bad, n) }));
}

/** The mistakes of a lesson as they stand in its code on that grid. */
export function mistakesOnGrid({ mistakes }: Lesson, n: number): Mistake[] {
  const put = (text: string) => onGrid(text, n);
  return mistakes.map((mistake) => ({
    ...mistake,
    good: put(mistake.good),
    bad: put(mistake.bad),
    attempts: mistake.attempts.map((attempt) =>
      typeof attempt === 'string' ? put(attempt) : { ...attempt, bad: put(attempt.bad) },
    ),
  }));
}
