import jstat from 'jstat';
import { MmmcError } from '../../harness/store/errors.ts';

/** A goodness-of-fit test. */
export interface ChiSquare {
  statistic: number;
  /** Degrees of freedom: cells with an expectation, less one. */
  df: number;
  /** P of a statistic at least as large; values below about 1e-15 come out as 0. */
  p: number;
}

/**
 * Pearson's chi-square test of goodness of fit (K. Pearson, 1900): the counts against equal shares, or against
 * `expected`, one weight per cell, scaled to the total. The approximation wants expectations of about 5 and more.
 * `null` with no observations or fewer than two cells that can occur. Throws `bad_counts` when a cell was seen that cannot occur.
 */
export function chiSquareUniform(
  counts: readonly number[],
  expected: readonly number[] = counts.map(() => 1),
): ChiSquare | null {
  const total = counts.reduce((a, b) => a + b, 0);
  const weight = expected.reduce((a, b) => a + b, 0);
  if (counts.length !== expected.length || counts.some((count, i) => count > 0 && !expected[i]))
    throw new MmmcError('bad_counts', 'a cell was counted for which nothing is expected');
  const cells = counts.flatMap((count, i) => {
    const expectation = ((expected[i] ?? 0) / weight) * total;
    return expectation > 0 ? [(count - expectation) ** 2 / expectation] : [];
  });
  if (total === 0 || cells.length < 2) return null;
  const statistic = cells.reduce((a, b) => a + b, 0);
  const df = cells.length - 1;
  return { statistic, df, p: Math.max(0, 1 - jstat.chisquare.cdf(statistic, df)) };
}
