import jstat from 'jstat';

/**
 * The smallest true difference that a two-sided test at `alpha` would find with probability `power`, given the standard error of the
 * present number of clusters: (t quantile of alpha / 2 + t quantile of power) x se, with clusters - 1 degrees of freedom (Bloom 1995). `null` with
 * fewer than two clusters.
 */
export function minimumDetectableEffect(
  se: number,
  clusters: number,
  { alpha = 0.05, power = 0.8 }: { alpha?: number; power?: number } = {},
): number | null {
  if (clusters < 2) return null;
  const df = clusters - 1;
  return (jstat.studentt.inv(1 - alpha / 2, df) + jstat.studentt.inv(power, df)) * se;
}
