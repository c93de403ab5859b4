import { pearson } from './correlation.ts';

/** Right or wrong, `scores[examinee][item]`: all items answered by all. */
export type ItemScores = readonly (readonly (0 | 1)[])[];

export interface ItemFacts {
  /** Share of right answers (classical difficulty: the higher, the easier). */
  difficulty: number;
  /** Correlation with the score of the other items; `null` where one side does not vary. */
  itemRest: number | null;
}

export interface QuizFacts {
  examinees: number;
  items: ItemFacts[];
  /** Kuder and Richardson's formula 20 (1937), with the variance over n; `null` with fewer than two items or without variance. */
  kr20: number | null;
  /** Shares of examinees with all and with no item right. */
  ceiling: number;
  floor: number;
}

/** Classical item analysis of one quiz. `null` without examinees or items. */
export function itemAnalysis(scores: ItemScores): QuizFacts | null {
  const [n, k] = [scores.length, scores[0]?.length ?? 0];
  if (n === 0 || k === 0) return null;
  const totals = scores.map((row) => row.reduce<number>((sum, score) => sum + score, 0));
  const column = (item: number) => scores.map((row) => row[item] ?? 0);
  const items = Array.from({ length: k }, (_, item): ItemFacts => {
    const own = column(item);
    const rest = own.map((score, i): [number, number] => [score, (totals[i] ?? 0) - score]);
    return { difficulty: mean(own), itemRest: pearson(rest)?.r ?? null };
  });
  const average = mean(totals);
  const variance = mean(totals.map((total) => (total - average) ** 2));
  const spread = items.reduce((sum, { difficulty: p }) => sum + p * (1 - p), 0);
  return {
    examinees: n,
    items,
    kr20: k < 2 || variance === 0 ? null : (k / (k - 1)) * (1 - spread / variance),
    ceiling: mean(totals.map((total) => Number(total === k))),
    floor: mean(totals.map((total) => Number(total === 0))),
  };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
