import jstat from 'jstat';

/** A correlation with its interval. */
export interface Correlation {
  r: number;
  /** `null` with fewer than four pairs, or where r is 1 or -1: then the approximation has nothing to say. */
  low: number | null;
  high: number | null;
  n: number;
}

type Pair = readonly [number, number];

/** Pearson's r with Fisher's z interval (1921): se of z is 1 / sqrt(n - 3). `null` with fewer than two pairs or a constant side. */
export function pearson(pairs: readonly Pair[], level = 0.95): Correlation | null {
  const r = product(pairs);
  return r === null ? null : withInterval(r, pairs.length, (n) => 1 / Math.sqrt(n - 3), level);
}

/**
 * Spearman's rho: Pearson's r of the mid-ranks, with the interval of Bonett and Wright (2000): se of z is sqrt((1 + rho^2 / 2) / (n - 3)).
 * `null` as in `pearson`.
 */
export function spearman(pairs: readonly Pair[], level = 0.95): Correlation | null {
  const [a, b] = [midRanks(pairs.map(([x]) => x)), midRanks(pairs.map(([, y]) => y))];
  const rho = product(a.map((rank, i) => [rank, b[i] ?? 0]));
  if (rho === null) return null;
  return withInterval(rho, pairs.length, (n) => Math.sqrt((1 + rho ** 2 / 2) / (n - 3)), level);
}

/** Ranks from 1; equal values share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

function product(pairs: readonly Pair[]): number | null {
  const n = pairs.length;
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
    xy += (x - mx) * (y - my);
  }
  return n < 2 || xx === 0 || yy === 0 ? null : Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

function withInterval(r: number, n: number, se: (n: number) => number, level: number): Correlation {
  if (n < 4 || Math.abs(r) === 1) return { r, low: null, high: null, n };
  const half = jstat.normal.inv((1 + level) / 2, 0, 1) * se(n);
  return { r, low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half), n };
}
