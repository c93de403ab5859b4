import { overRepeats } from '../means.ts';
import type { MethodValues } from '../statistics/family.ts';

/** One thing that methods are compared by. */
export interface Compared {
  /** Unique in a report: `teachquiz-<student>`. */
  id: string;
  /** Name of the metric. */
  metric: string;
  /** In words: `Honest gain of TeachQuiz, student X`. */
  label: string;
  /** Values are printed times this, in this unit. */
  scale: number;
  unit: string;
  /** Least and greatest value that there can be; infinite where there is no bound. */
  range: readonly [number, number];
  /** Is more better? */
  higherIsBetter: boolean;
  methods: readonly (MethodValues & {
    label: string;
    /** An offline endpoint stands behind its figures: it takes part in no comparison. */
    scripted: boolean;
  })[];
}

/** One value for each topic, repeats averaged (`overRepeats`), as comparisons take them. */
export function byTopic<T extends { cell: { topicId: string } }>(
  scores: readonly T[],
  of: (score: T) => number | null,
): Map<string, readonly number[] | null> {
  return new Map(
    [...overRepeats(scores, of)].map(([topic, value]) => [topic, value === null ? null : [value]]),
  );
}
