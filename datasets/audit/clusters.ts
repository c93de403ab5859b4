import type { Topic } from '../schema.ts';
import { cosine, pairsAbove, topicVectors, type Vector } from './similarity.ts';

/** Groups are joined while the mean cosine between their topics is at least this. */
export const clusterThreshold = 0.3;

/** The rule in words, for reports. */
export const clusterRule = `TF-IDF of title and quiz, weighted equally; average linkage down to a cosine of ${clusterThreshold}`;

/**
 * Groups of two or more related topics (indices, ascending), by average linkage on the cosines of `topicVectors`. Two
 * groups whose mean similarity reaches the threshold hold a pair that does, so linkage runs inside the connected
 * components of those pairs only. Deterministic: of equal similarities the first in the dataset's order wins.
 */
export function clusterTopics(topics: readonly Topic[], threshold = clusterThreshold): number[][] {
  const vectors = topicVectors(topics);
  return components(topics.length, pairsAbove(vectors, threshold))
    .flatMap((component) => link(component, vectors, threshold))
    .filter((group) => group.length > 1)
    .map((group) => group.toSorted((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

function components(size: number, pairs: readonly [number, number][]): number[][] {
  const parent = Array.from({ length: size }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while ((parent[at] ?? at) !== at) at = parent[at] ?? at;
    return at;
  };
  for (const [a, b] of pairs) parent[Math.max(root(a), root(b))] = Math.min(root(a), root(b));
  return [...Map.groupBy(parent.keys(), root).values()];
}

interface Group {
  members: number[];
  /** Mean cosine to each group, in the order of the groups. */
  similar: number[];
}

function link(component: readonly number[], vectors: readonly Vector[], threshold: number): number[][] {
  const own = component.map((i) => vectors[i] ?? new Map());
  const groups = component.map(
    (i, a): Group => ({ members: [i], similar: own.map((other) => cosine(own[a] ?? other, other)) }),
  );
  for (;;) {
    const [a, b] = closest(groups, threshold);
    if (a === undefined || b === undefined) return groups.map(({ members }) => members);
    merge(groups, a, b);
  }
}

/** The two groups that are most alike, if they are alike enough. */
function closest(groups: readonly Group[], threshold: number): number[] {
  let best = { similarity: threshold, pair: [] as number[] };
  groups.forEach(({ similar }, b) => {
    similar.slice(0, b).forEach((similarity, a) => {
      const better = best.pair.length === 0 ? similarity >= threshold : similarity > best.similarity;
      if (better) best = { similarity, pair: [a, b] };
    });
  });
  return best.pair;
}

/** Group b goes into a; means are weighted by members (the update of Lance and Williams, 1967). */
function merge(groups: Group[], a: number, b: number): void {
  const [left, right] = [groups[a], groups[b]];
  if (left === undefined || right === undefined) return;
  const [m, n] = [left.members.length, right.members.length];
  const similar = left.similar.map((value, i) => (value * m + (right.similar[i] ?? 0) * n) / (m + n));
  for (const [i, group] of groups.entries()) group.similar[a] = similar[i] ?? 0;
  groups[a] = { members: [...left.members, ...right.members], similar };
  groups.splice(b, 1);
  for (const group of groups) group.similar.splice(b, 1);
}

/** How far computed groups agree with a reference, in pairs of topics that share a group. */
export interface Comparison {
  computed: number;
  reference: number;
  shared: number;
  /** Of the computed pairs, how many are in the reference; `null` without computed pairs. */
  precision: number | null;
  /** Of the reference's pairs, how many were computed; `null` without reference pairs. */
  recall: number | null;
}

/** Compares groups of ids pair by pair. */
export function compareClusters(
  computed: readonly (readonly string[])[],
  reference: readonly (readonly string[])[],
): Comparison {
  const [a, b] = [pairsOf(computed), pairsOf(reference)];
  const shared = a.intersection(b).size;
  return {
    computed: a.size,
    reference: b.size,
    shared,
    precision: a.size === 0 ? null : shared / a.size,
    recall: b.size === 0 ? null : shared / b.size,
  };
}

function pairsOf(groups: readonly (readonly string[])[]): Set<string> {
  return new Set(
    groups.flatMap((group) => {
      const sorted = [...new Set(group)].sort();
      return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b) => `${a} ${b}`));
    }),
  );
}
