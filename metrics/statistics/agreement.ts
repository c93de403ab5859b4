/** How far two values are apart, 0 when they are the same. */
export type Distance = (a: number, b: number) => number;

export const nominal: Distance = (a, b) => (a === b ? 0 : 1);
export const interval: Distance = (a, b) => (a - b) ** 2;

/**
 * Cohen's weighted kappa (1968) of two raters' values for the same items. `weights`: `nominal` for plain kappa, `interval` for quadratic
 * weights, `(a, b) => Math.abs(a - b)` for linear ones. `null` without items, or where chance alone would agree perfectly.
 */
export function weightedKappa(
  pairs: readonly (readonly [number, number])[],
  weights: Distance,
): number | null {
  let [seen, expected] = [0, 0];
  for (const [a, b] of pairs) seen += weights(a, b);
  for (const [a] of pairs) for (const [, b] of pairs) expected += weights(a, b);
  return expected === 0 ? null : 1 - seen / (expected / pairs.length);
}

/**
 * Krippendorff's alpha (2011), any number of raters, missing values left out: `units` holds the values that each item was given. For ordinal
 * values give `ordinal(units)` as the distance. `null` where no item has two values, or all values are the same.
 */
export function krippendorffAlpha(units: readonly (readonly number[])[], distance: Distance): number | null {
  const pairable = units.filter((values) => values.length > 1);
  const all = pairable.flat();
  let seen = 0;
  for (const values of pairable) seen += pairwise(values, distance) / (values.length - 1);
  const expected = pairwise(all, distance) / (all.length - 1);
  return all.length === 0 || expected === 0 ? null : 1 - seen / expected;
}

/** Sum over all ordered pairs of different places. Values repeat, so each kind of pair is computed once. */
function pairwise(values: readonly number[], distance: Distance): number {
  const counts = [...Map.groupBy(values, (value) => value)].map(
    ([value, { length }]) => [value, length] as const,
  );
  let sum = 0;
  for (const [a, times] of counts) for (const [b, others] of counts) sum += times * others * distance(a, b);
  return sum;
}

/** Krippendorff's distance for ordinal values: how many of all values lie between two, half of either end counted; squared. */
export function ordinal(units: readonly (readonly number[])[]): Distance {
  const all = units.filter((values) => values.length > 1).flat();
  const counts = new Map(
    [...Map.groupBy(all, (value) => value)].map(([value, { length }]) => [value, length]),
  );
  const sorted = [...counts.keys()].sort((a, b) => a - b);
  const upTo = new Map<number, number>();
  let below = 0;
  for (const value of sorted) {
    const own = counts.get(value) ?? 0;
    upTo.set(value, below + own / 2);
    below += own;
  }
  return (a, b) => ((upTo.get(a) ?? 0) - (upTo.get(b) ?? 0)) ** 2;
}

/**
 * ICC(2,1): absolute agreement of single ratings, raters drawn at random (Shrout and Fleiss 1979). `ratings[item][rater]`, none missing. `null` with
 * fewer than two items or raters, or without any variance.
 */
export function icc21(ratings: readonly (readonly number[])[]): number | null {
  const [n, k] = [ratings.length, ratings[0]?.length ?? 0];
  if (n < 2 || k < 2 || ratings.some((row) => row.length !== k)) return null;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const grand = mean(ratings.flat());
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const rows = (k * squares(ratings.map(mean))) / (n - 1);
  const columnMeans = (ratings[0] ?? []).map((_, j) => mean(ratings.map((row) => row[j] ?? 0)));
  const columns = (n * squares(columnMeans)) / (k - 1);
  const error = (squares(ratings.flat()) - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1));
  const whole = rows + (k - 1) * error + (k * (columns - error)) / n;
  return whole === 0 ? null : (rows - error) / whole;
}
