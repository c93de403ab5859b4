import {
  type BootstrapOptions,
  type BootstrapT,
  bootstrapT,
  firstArm,
  usualBootstrap,
} from './bootstrap-t.ts';
import type { Weights } from './clusters.ts';
import { holm } from './holm.ts';
import { minimumDetectableEffect } from './power.ts';
import { type Place, places } from './ranks.ts';
import { signFlipP } from './sign-flip.ts';

/** What one metric found of a method. */
export interface MethodValues {
  id: string;
  /** By topic the value of each arm, repeats averaged; `null` where any of them is not known. One arm is the usual case. */
  values: ReadonlyMap<string, readonly number[] | null>;
  /** How the arms' means become the method's value: the first arm, if absent. */
  weights?: Weights;
}

export interface FamilyOptions extends BootstrapOptions {
  /** Least and greatest value that the metric can have: what a missing one may have been. */
  range: readonly [number, number];
  /** No claim below so many clusters. */
  fewestClusters: number;
  /** No claim above this share of missing values in either method. */
  mostMissing: number;
}

export const usualFamily: Omit<FamilyOptions, 'range'> = {
  ...usualBootstrap,
  fewestClusters: 20,
  mostMissing: 0.1,
};

/** Why a comparison claims nothing, whatever its p. */
export type Restraint = 'too_few_clusters' | 'too_many_missing';

/** First minus second, paired by topic. */
export interface PairComparison {
  first: string;
  second: string;
  /** `null` with fewer than two clusters. */
  result: BootstrapT | null;
  /** Holm's, over the family. */
  adjustedP: number | null;
  /** Assumes that a difference and its opposite are equally likely; for comparison only. */
  signFlipP: number | null;
  /** Topics that both have a value of. */
  topics: number;
  /** Topics of the experiment without a value. */
  missing: { first: number; second: number };
  /** Mean difference over all topics if everything missing were as bad, and as good, as can be for the first. */
  bounds: [number, number];
  /** Smallest true difference that this many clusters would show in 8 of 10 experiments. */
  detectable: number | null;
  restraint: Restraint | null;
  /** The better one; `null` where they are not told apart. */
  better: string | null;
}

/**
 * Compares all pairs of methods on one metric: one family, Holm's correction over it. `clusterOf` names the group of near-duplicate topics of a
 * topic; `topics` are all of the experiment.
 */
export function compareAll(
  methods: readonly MethodValues[],
  topics: readonly string[],
  clusterOf: (topic: string) => string,
  options: FamilyOptions,
): { pairs: PairComparison[]; places: Map<string, Place> } {
  const raw = methods.flatMap((first, i) =>
    methods.slice(i + 1).map((second) => comparePair(first, second, topics, clusterOf, options)),
  );
  const tested = raw.filter(({ result }) => result !== null);
  const adjusted = holm(tested.map(({ result }) => result?.p ?? 1));
  const pairs = raw.map((pair) => {
    const at = tested.indexOf(pair);
    const adjustedP = at < 0 ? null : (adjusted[at] ?? null);
    const told = adjustedP !== null && adjustedP <= 1 - options.level && pair.restraint === null;
    const ahead = (pair.result?.mean ?? 0) > 0 ? pair.first : pair.second;
    return { ...pair, adjustedP, better: told ? ahead : null };
  });
  return { pairs, places: placesOf(methods, pairs) };
}

function comparePair(
  first: MethodValues,
  second: MethodValues,
  topics: readonly string[],
  clusterOf: (topic: string) => string,
  options: FamilyOptions,
): Omit<PairComparison, 'adjustedP' | 'better'> {
  const arms = (method: MethodValues, topic: string) => method.values.get(topic) ?? null;
  const paired = topics.flatMap((topic) => {
    const [a, b] = [arms(first, topic), arms(second, topic)];
    return a === null || b === null ? [] : [{ topic, cluster: clusterOf(topic), values: [...a, ...b] }];
  });
  const result = bootstrapT(paired, options, differenceOf(first, second));
  const [one, other] = [single(first), single(second)];
  const mean = (of: (topic: string) => number) =>
    topics.reduce((sum, topic) => sum + of(topic), 0) / topics.length;
  const bound = (a: number, b: number) => mean((topic) => (one.get(topic) ?? a) - (other.get(topic) ?? b));
  const absent = (method: MethodValues) => topics.filter((topic) => arms(method, topic) === null).length;
  const missing = { first: absent(first), second: absent(second) };
  const clusters = result?.clusters ?? 0;
  const [low, high] = options.range;
  return {
    first: first.id,
    second: second.id,
    result,
    signFlipP: signFlipP(
      paired.map(({ topic, cluster }) => ({
        cluster,
        values: [(one.get(topic) ?? 0) - (other.get(topic) ?? 0)],
      })),
      options,
    ),
    topics: paired.length,
    missing,
    bounds: [bound(low, high), bound(high, low)],
    detectable: result && minimumDetectableEffect(result.se, clusters),
    restraint: restraintOf(clusters, Math.max(missing.first, missing.second) / topics.length, options),
  };
}

/** The weights of the first method's arms, then those of the second's, turned. */
function differenceOf(first: MethodValues, second: MethodValues): Weights {
  const arms = [...first.values.values()].find((values) => values !== null)?.length ?? 0;
  const [a, b] = [first.weights ?? firstArm, second.weights ?? firstArm];
  return (means) => {
    const by = new Float64Array(means.length);
    by.set(a(means.subarray(0, arms)));
    const other = b(means.subarray(arms));
    for (let at = 0; at < other.length; at++) by[arms + at] = -(other[at] ?? 0);
    return by;
  };
}

/** One number for each topic: its arms by the weights that the method's own means give. */
function single({ values, weights = firstArm }: MethodValues): Map<string, number> {
  const known = [...values].flatMap(([topic, arms]) => (arms === null ? [] : [[topic, arms] as const]));
  const means = (known[0]?.[1] ?? []).map(
    (_, arm) => known.reduce((sum, [, arms]) => sum + (arms[arm] ?? 0), 0) / known.length,
  );
  const by = weights(Float64Array.from(means));
  return new Map(
    known.map(([topic, arms]) => [topic, arms.reduce((sum, value, arm) => sum + value * (by[arm] ?? 0), 0)]),
  );
}

function restraintOf(
  clusters: number,
  missing: number,
  { fewestClusters, mostMissing }: FamilyOptions,
): Restraint | null {
  if (clusters < fewestClusters) return 'too_few_clusters';
  return missing > mostMissing ? 'too_many_missing' : null;
}

/** Tie groups and rank intervals by the methods' means over the topics that they have. */
function placesOf(methods: readonly MethodValues[], pairs: readonly PairComparison[]): Map<string, Place> {
  const told = new Set(
    pairs.filter(({ better }) => better !== null).map(({ first, second }) => `${first}\n${second}`),
  );
  const means = methods.map((method) => {
    const known = [...single(method).values()];
    return known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
  });
  const id = (at: number) => methods[at]?.id ?? '';
  const differs = (i: number, j: number) => told.has(`${id(i)}\n${id(j)}`) || told.has(`${id(j)}\n${id(i)}`);
  return new Map(places(means, differs).map((place, at) => [id(at), place]));
}
