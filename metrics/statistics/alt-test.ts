import jstat from 'jstat';

/** Fewest items of an annotator for which the t-test is taken at its word. */
export const fewestItems = 30;

export interface AltTestOptions {
  /** What a person's advantage is worth: 0.2 against experts, 0.15 against skilled raters, 0.1 against crowd workers. */
  epsilon: number;
  /** False discovery rate over all annotators. */
  q: number;
}

/** May this judge replace a person? */
export interface AltTest {
  /** Share of annotators against whom the judge holds its own; 0.5 and more passes. */
  winningRate: number;
  /** Mean probability that the judge is at least as close to the other people as the person it replaces. */
  advantage: number;
  passes: boolean;
  annotators: { items: number; advantage: number; p: number; won: boolean }[];
}

/**
 * The alternative annotator test (Calderon, Reichart and Dror 2025). `items[i].people[j]` is person j's rating of item i, `null` where there is
 * none. Each person in turn is left out: on each item, who is closer to the others (root mean square), the judge or that person? One-sided t-tests with
 * the Benjamini-Yekutieli correction. `null` unless three people have rated and each shares at least two items with others. Below `fewestItems` items
 * per person read it as a hint.
 */
export function altTest(
  items: readonly { judge: number; people: readonly (number | null)[] }[],
  { epsilon, q }: AltTestOptions = { epsilon: 0.2, q: 0.05 },
): AltTest | null {
  const people = Math.max(0, ...items.map((item) => item.people.length));
  if (people < 3) return null;
  const tested = Array.from({ length: people }, (_, j) => replaced(items, j, epsilon));
  const annotators = tested.filter((test) => test !== null);
  if (annotators.length < people) return null;
  const won = benjaminiYekutieli(
    annotators.map(({ p }) => p),
    q,
  );
  const share = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const winningRate = share(won.map(Number));
  return {
    winningRate,
    advantage: share(annotators.map(({ advantage }) => advantage)),
    passes: winningRate >= 0.5,
    annotators: annotators.map((test, j) => ({ ...test, won: won[j] ?? false })),
  };
}

/** The judge in the place of person `j`. */
function replaced(
  items: readonly { judge: number; people: readonly (number | null)[] }[],
  j: number,
  epsilon: number,
): { items: number; advantage: number; p: number } | null {
  const rounds = items.flatMap(({ judge, people }) => {
    const own = people[j] ?? null;
    const others = people.filter((rating, k) => k !== j && rating !== null).map(Number);
    if (own === null || others.length === 0) return [];
    const far = (value: number) => others.reduce((sum, other) => sum + (value - other) ** 2, 0);
    return [{ judge: Number(far(judge) <= far(own)), person: Number(far(own) <= far(judge)) }];
  });
  if (rounds.length < 2) return null;
  const n = rounds.length;
  const mean = (of: (round: { judge: number; person: number }) => number) =>
    rounds.reduce((sum, round) => sum + of(round), 0) / n;
  const difference = mean(({ judge, person }) => person - judge);
  const variance = (mean(({ judge, person }) => (person - judge - difference) ** 2) * n) / (n - 1);
  const t = (difference - epsilon) / Math.sqrt(variance / n);
  const p = variance === 0 ? Number(difference >= epsilon) : jstat.studentt.cdf(t, n - 1);
  return { items: n, advantage: mean(({ judge }) => judge), p };
}

/** Which hypotheses fall at false discovery rate `q`, whatever their dependence (Benjamini and Yekutieli 2001). */
export function benjaminiYekutieli(ps: readonly number[], q: number): boolean[] {
  const m = ps.length;
  const harmonic = ps.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  const sorted = ps.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((p, i) => p <= ((i + 1) * q) / (m * harmonic));
  const limit = sorted[last] ?? -1;
  return ps.map((p) => p <= limit);
}
