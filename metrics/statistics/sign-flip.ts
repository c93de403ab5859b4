import { type ClusteredValues, clusterSums } from './clusters.ts';
import { Random } from './random.ts';

/** Up to so many clusters all assignments of signs are counted; above, some are drawn. */
const countedClusters = 14;

/**
 * Sign-flip (randomisation) test of a mean against 0, two-sided: the signs of whole clusters are turned at random (Fisher 1935, paired form). It
 * assumes that under the null a difference and its opposite are equally likely: methods with equal means and unequal shapes break it,
 * so it stands beside the bootstrap and never in its place. Of each topic the first
 * value is read. `null` without topics.
 */
export function signFlipP(
  topics: readonly ClusteredValues[],
  { draws, seed }: { draws: number; seed: number },
): number | null {
  const { sums, arms } = clusterSums(topics);
  const sum = sums.filter((_, i) => i % arms === 0);
  if (sum.length === 0) return null;
  // Sums of fractions in another order differ in their last digits.
  const observed = Math.abs(sum.reduce((a, b) => a + b, 0)) * (1 - 1e-12);
  if (sum.length <= countedClusters) {
    const all = 2 ** sum.length;
    let extreme = 0;
    for (let signs = 0; signs < all; signs++)
      if (Math.abs(signed(sum, (g) => (signs & (1 << g) ? 1 : -1))) >= observed) extreme++;
    return extreme / all;
  }
  const random = new Random(seed);
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++)
    if (Math.abs(signed(sum, () => random.sign())) >= observed) extreme++;
  return (extreme + 1) / (draws + 1);
}

function signed(sum: Float64Array, sign: (cluster: number) => number): number {
  let total = 0;
  for (let g = 0; g < sum.length; g++) total += sign(g) * (sum[g] ?? 0);
  return total;
}
