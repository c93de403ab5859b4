/** The values of one topic, one for each arm, and the group of near-duplicate topics that it belongs to. */
export interface ClusteredValues {
  cluster: string;
  /** By arm; the same arms for every topic, none missing. */
  values: readonly number[];
}

/** Sums by cluster: all that a bootstrap of means needs. */
export interface ClusterSums {
  /** Topics in each cluster. */
  n: Float64Array;
  arms: number;
  /** Sums of the values: those of the first cluster's arms, of the second's, … */
  sums: Float64Array;
}

/** Sums of each cluster, clusters in the order of their names: results do not depend on how topics were sorted. */
export function clusterSums(topics: readonly ClusteredValues[]): ClusterSums {
  const groups = Map.groupBy(topics, ({ cluster }) => cluster);
  const members = [...groups.keys()].sort().map((name) => groups.get(name) ?? []);
  const arms = topics[0]?.values.length ?? 0;
  const sumsOf = (group: readonly ClusteredValues[]) =>
    Array.from({ length: arms }, (_, arm) => group.reduce((sum, { values }) => sum + (values[arm] ?? 0), 0));
  return {
    n: Float64Array.from(members, ({ length }) => length),
    arms,
    sums: Float64Array.from(members.flatMap(sumsOf)),
  };
}

/** A weighted sum of the arms' means, and its standard error from the clusters alone: values of one cluster may depend on each other in any way. */
export interface ClusteredMean {
  mean: number;
  /** Cluster-robust, with the factor G / (G - 1); 0 where all clusters have the same mean. */
  se: number;
}

/** Which sum of means is asked for, given the means: `[1]` for one arm, `[1, -1]` for a difference, or an arm less the best of others. */
export type Weights = (means: Float64Array) => ArrayLike<number>;

/**
 * The weighted mean with its cluster-robust standard error (the sandwich estimator of a ratio of sums; Liang and Zeger 1986). `times` says how
 * often each cluster counts: once, unless they were drawn. Weights that depend on the means are held fixed for the error.
 */
export function clusteredMean(
  { n, arms, sums }: ClusterSums,
  weights: Weights,
  times: ArrayLike<number> = new Uint8Array(n.length).fill(1),
): ClusteredMean {
  const means = new Float64Array(arms);
  let [clusters, size] = [0, 0];
  for (let g = 0; g < n.length; g++) {
    const count = times[g] ?? 0;
    if (count === 0) continue;
    clusters += count;
    size += count * (n[g] ?? 0);
    for (let arm = 0; arm < arms; arm++) means[arm] = (means[arm] ?? 0) + count * (sums[g * arms + arm] ?? 0);
  }
  for (let arm = 0; arm < arms; arm++) means[arm] = (means[arm] ?? 0) / size;
  const by = weights(means);
  // Most arms weigh nothing: only the others are summed again.
  const weighing: number[] = [];
  let mean = 0;
  for (let arm = 0; arm < arms; arm++) {
    const weight = by[arm] ?? 0;
    if (weight === 0) continue;
    weighing.push(arm);
    mean += weight * (means[arm] ?? 0);
  }
  let [squares, scale] = [0, 0];
  for (let g = 0; g < n.length; g++) {
    const count = times[g] ?? 0;
    if (count === 0) continue;
    let total = 0;
    for (const arm of weighing) total += (by[arm] ?? 0) * (sums[g * arms + arm] ?? 0);
    squares += count * (total - mean * (n[g] ?? 0)) ** 2;
    scale += count * total * total;
  }
  // Rounding may leave a trace where all clusters are equal.
  const se = squares <= 1e-24 * scale ? 0 : Math.sqrt((clusters / (clusters - 1)) * squares) / size;
  return { mean, se };
}
