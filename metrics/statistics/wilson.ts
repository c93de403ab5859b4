import jstat from 'jstat';

/** An interval of a share, both ends in 0..1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson's score interval of a binomial share, without continuity correction (E. B. Wilson, 1927, JASA 22:209-212).
 * `level` is the two-sided confidence. `null` when nothing was counted.
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval | null {
  if (n === 0) return null;
  const z = jstat.normal.inv(1 - (1 - level) / 2, 0, 1);
  const share = successes / n;
  const denominator = 1 + z ** 2 / n;
  const centre = (share + z ** 2 / (2 * n)) / denominator;
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  // The bounds at 0 and n are exactly 0 and 1; rounding may miss them by an ulp.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}
