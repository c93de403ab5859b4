import {
  type ClusteredValues,
  type ClusterSums,
  clusteredMean,
  clusterSums,
  type Weights,
} from './clusters.ts';
import { Random } from './random.ts';

export interface BootstrapOptions {
  /** Resamples of the clusters. */
  draws: number;
  seed: number;
  /** Of the interval, 0..1. */
  level: number;
}

export const usualBootstrap: BootstrapOptions = { draws: 10_000, seed: 20_251_001, level: 0.95 };

/** A mean that is tested against 0, with an interval and a p that come from the same draws: p <= 1 - level just when 0 lies outside. */
export interface BootstrapT {
  mean: number;
  se: number;
  /** Ends may be infinite: with few clusters nothing more is known. */
  low: number;
  high: number;
  /** Two-sided, equal tails. */
  p: number;
  clusters: number;
  topics: number;
}

/** The mean of the first arm. */
export const firstArm: Weights = () => [1];

/**
 * Studentised cluster bootstrap of a weighted sum of means (Efron and Tibshirani 1993, chapter 12.5; by clusters: Cameron, Gelbach and Miller
 * 2008). Clusters are drawn with all their topics; each draw's value is divided by the standard error of that draw, and weights that depend on the means are
 * chosen anew in it. `null` with fewer than two clusters. Where nothing varies the interval is the value itself, and p is 1 for 0, else the least
 * there is.
 */
export function bootstrapT(
  topics: readonly ClusteredValues[],
  options: BootstrapOptions = usualBootstrap,
  weights: Weights = firstArm,
): BootstrapT | null {
  const sums = clusterSums(topics);
  const clusters = sums.n.length;
  if (clusters < 2) return null;
  const { mean, se } = clusteredMean(sums, weights);
  const counts = { clusters, topics: topics.length };
  const { draws, level } = options;
  if (se === 0) return { mean, se, low: mean, high: mean, p: mean === 0 ? 1 : 2 / (draws + 1), ...counts };
  const ratios = studentised(sums, weights, mean, options).sort();
  const tail = Math.max(1, Math.floor(((1 - level) / 2) * (draws + 1) + 1e-9));
  const end = (at: number) => mean - (ratios[at] ?? 0) * se;
  return {
    mean,
    se,
    low: end(draws - tail),
    high: end(tail - 1),
    p: Math.min(1, ((smallerTail(ratios, mean / se) + 1) * 2) / (draws + 1)),
    ...counts,
  };
}

/** How many of the sorted ratios are at most, or at least, as large: the fewer of both. */
function smallerTail(sorted: Float64Array, observed: number): number {
  const below = sorted.findIndex((ratio) => ratio >= observed);
  const above = sorted.findLastIndex((ratio) => ratio <= observed);
  return Math.min(above + 1, below < 0 ? 0 : sorted.length - below);
}

const count = (times: Uint16Array, at: number) => {
  times[at] = (times[at] ?? 0) + 1;
};

/** (value of the draw - value) / standard error of the draw, for each draw. */
function studentised(
  sums: ClusterSums,
  weights: Weights,
  mean: number,
  { draws, seed }: BootstrapOptions,
): Float64Array {
  const clusters = sums.n.length;
  const random = new Random(seed);
  const times = new Uint16Array(clusters);
  const ratios = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0);
    for (let i = 0; i < clusters; i++) count(times, random.index(clusters));
    const own = clusteredMean(sums, weights, times);
    ratios[draw] = own.mean === mean ? 0 : (own.mean - mean) / own.se;
  }
  return ratios;
}
