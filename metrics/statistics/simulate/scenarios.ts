import type { ClusteredValues } from '../clusters.ts';
import type { Random } from '../random.ts';

/** A world with a known truth: two methods, topics in clusters, a few questions each. */
export interface Scenario {
  name: string;
  /** What the difference of the methods' means over all topics of the world is. */
  truth: number;
  /** The scores of both methods on one topic, 0..1; `null` for a cell that is missing. */
  topic(cluster: Cluster, random: Random): readonly [number | null, number | null];
}

/** What the topics of a cluster have in common. */
interface Cluster {
  /** How easy its topics are, -1..1. */
  ease: number;
  /** A number in 0..1 for whatever befalls the cluster as a whole. */
  fate: number;
}

/** The chance of a right answer: 0.6 on the mean, 0.4 to 0.8, half of its spread the cluster's. */
const chance = ({ ease }: Cluster, random: Random) => 0.6 + 0.1 * ease + 0.1 * (2 * random.unit() - 1);

/** The share of a topic's 5 to 10 questions that are answered right. */
function score(p: number, random: Random): number {
  const questions = 5 + random.index(6);
  let right = 0;
  for (let q = 0; q < questions; q++) if (random.unit() < p) right++;
  return right / questions;
}

/** Missing the more often the lower the score: 5 % of the best, 35 % of the worst. */
const orMissing = (value: number, random: Random) => (random.unit() < 0.35 - 0.3 * value ? null : value);

export const scenarios: readonly Scenario[] = [
  {
    name: 'same law',
    truth: 0,
    topic: (cluster, random) => [
      score(chance(cluster, random), random),
      score(chance(cluster, random), random),
    ],
  },
  {
    name: 'equal means, unequal shapes',
    truth: 0,
    // One is even; the other knows all of a cluster or nothing.
    topic: ({ fate }, random) => [score(0.7, random), score(fate < 0.7 ? 1 : 0, random)],
  },
  {
    name: '15 % failures',
    truth: 0,
    topic: (cluster, random) => [
      score(chance(cluster, random), random),
      random.unit() < 0.15 ? 0 : score(chance(cluster, random) / 0.85, random),
    ],
  },
  {
    name: 'missing, the worse the likelier',
    truth: 0,
    topic: (cluster, random) => [
      orMissing(score(chance(cluster, random), random), random),
      orMissing(score(chance(cluster, random), random), random),
    ],
  },
  {
    name: 'better by 10 points',
    truth: 0.1,
    topic: (cluster, random) => [
      score(chance(cluster, random), random),
      score(chance(cluster, random) + 0.1, random),
    ],
  },
  {
    name: '15 % failures, worse by 9 points',
    truth: -0.09,
    topic: (cluster, random) => [
      score(chance(cluster, random), random),
      random.unit() < 0.15 ? 0 : score(chance(cluster, random), random),
    ],
  },
];

/** The paired differences of one experiment; one cluster in ten holds two or three topics. */
export function experiment(scenario: Scenario, clusters: number, random: Random): ClusteredValues[] {
  return Array.from({ length: clusters }, (_, c) => {
    const cluster = { ease: 2 * random.unit() - 1, fate: random.unit() };
    const topics = random.unit() < 0.1 ? 2 + random.index(2) : 1;
    return Array.from({ length: topics }, () => scenario.topic(cluster, random)).flatMap(([a, b]) =>
      a === null || b === null ? [] : [{ cluster: String(c).padStart(3, '0'), values: [b - a] }],
    );
  }).flat();
}
