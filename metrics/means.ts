import type { Figure } from './table.ts';

/** Arithmetic mean; `null` of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

/** A topic's value over its repeats: the mean of those that are known; `null` where none is. */
export function overRepeats<T extends { cell: { topicId: string } }>(
  scores: readonly T[],
  of: (score: T) => number | null,
): Map<string, number | null> {
  const groups = Map.groupBy(scores, ({ cell }) => cell.topicId);
  return new Map([...groups].map(([topic, own]) => [topic, mean(own.flatMap((one) => of(one) ?? []))]));
}

/** Mean over the known values as a figure; what is not known is counted in the note, never taken as 0. */
export function meanFigure(
  values: readonly (number | null)[],
  scripted: boolean,
  unknown = 'not known',
): Figure {
  const known = values.filter((v) => v !== null);
  const missing = values.length - known.length;
  return {
    value: mean(known),
    n: known.length,
    ...(missing > 0 ? { note: `${missing} of ${values.length} ${unknown}` } : {}),
    ...(scripted ? { scripted } : {}),
  };
}
