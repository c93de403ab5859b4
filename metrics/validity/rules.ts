import { z } from 'zod';
import { firstArm } from '../statistics/bootstrap-t.ts';
import { clusteredMean, clusterSums } from '../statistics/clusters.ts';
import { type Habit, type HabitItem, letterHabit, longestHabit } from './habits.ts';

/** `severe`: figures must not be believed before it is explained; `warning`: read them with it; `note`: know it. */
export type Severity = 'severe' | 'warning' | 'note';

/** What a rule found. */
export interface Finding {
  /** The figure that the rule looked at, and the threshold that it passed. */
  value: number;
  threshold: number;
  /** One sentence with the figures, for people. */
  evidence: string;
}

const share = z.number().min(0).max(1);
const scores = z.number().min(0).max(100);

/** Thresholds of the rules, as they stand in a config. */
export const thresholdsSchema = z.strictObject({
  /** Share of wrong answers beyond chance that prefer one letter. */
  letterHabit: share.default(0.15),
  longestHabit: share.default(0.15),
  /** Share of abstentions among the answers to videos. */
  refuser: share.default(0.9),
  highAbstention: share.default(0.5),
  /** Accuracy of the unlearned arm. */
  leakyStudent: share.default(0.5),
  /** Share of the baseline that unlearning may leave. */
  emptyUnlearning: share.default(0.75),
  /** Share of the right video's gain that another topic's may give. */
  wrongTopicTeaches: share.default(0.5),
  /** Points of 100. */
  judgeVariance: scores.default(2),
  judgeFooled: scores.default(20),
  judgeObeys: scores.default(10),
  /** Share of a topic's questions that its video shows. */
  quizShown: share.default(0.1),
  /** Share of a video's large texts that the geometry has and no frame shows. */
  geometryContradicted: share.default(0.2),
  /** Clusters of topics below which nothing is claimed of a method. */
  fewClusters: z.int().min(0).default(20),
});
export type Thresholds = z.infer<typeof thresholdsSchema>;

export const usualThresholds: Thresholds = thresholdsSchema.parse({});

/** Standard errors above chance: with four letters and two rules, chance alone passes them once in 50,000 studies. */
const fewestErrors = 4.5;
/** Questions, topics or videos below which a rule keeps silent. */
const fewest = 20;
const fewestVideos = 10;

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

export function letterRule(
  items: readonly HabitItem[],
  { letterHabit: threshold }: Thresholds,
): Finding | null {
  const habit = letterHabit(items);
  if (!stands(habit, threshold)) return null;
  return {
    value: habit.excess,
    threshold,
    evidence: `wrong answers are ${habit.letter} ${percent(habit.excess)} more often than chance explains (${habit.questions} questions, z ${habit.z.toFixed(1)})`,
  };
}

export function longestRule(
  items: readonly HabitItem[],
  { longestHabit: threshold }: Thresholds,
): Finding | null {
  const habit = longestHabit(items);
  if (!stands(habit, threshold)) return null;
  return {
    value: habit.excess,
    threshold,
    evidence: `wrong answers are the longest option ${percent(habit.excess)} more often than chance explains (${habit.questions} questions, z ${habit.z.toFixed(1)})`,
  };
}

function stands<T extends Habit>(habit: T | null, threshold: number): habit is T {
  return habit !== null && habit.questions >= fewest && habit.z >= fewestErrors && habit.excess >= threshold;
}

/** One value for each topic, with the group of near-duplicates that it belongs to. */
export interface TopicValue {
  cluster: string;
  value: number;
}

/** A mean with the ends of a rough 99 % interval; `null` below 20 clusters. */
function meanOf(values: readonly TopicValue[]): { mean: number; low: number; high: number } | null {
  const sums = clusterSums(values.map(({ cluster, value }) => ({ cluster, values: [value] })));
  if (sums.n.length < fewest) return null;
  const { mean, se } = clusteredMean(sums, firstArm);
  return { mean, low: mean - 2.6 * se, high: mean + 2.6 * se };
}

/** Surely above a threshold: the low end of the interval is. */
function above(
  values: readonly TopicValue[],
  threshold: number,
  words: (mean: string) => string,
): Finding | null {
  const found = meanOf(values);
  if (found === null || found.low <= threshold) return null;
  return { value: found.mean, threshold, evidence: words(percent(found.mean)) };
}

/** `values`: share of abstentions by topic, in arms with the method's video. */
export const refuserRule = (values: readonly TopicValue[], { refuser }: Thresholds) =>
  above(values, refuser, (mean) => `${mean} of the answers to videos are abstentions`);

export const abstentionRule = (values: readonly TopicValue[], { highAbstention }: Thresholds) =>
  above(values, highAbstention, (mean) => `${mean} of the answers to videos are abstentions`);

/** `values`: accuracy of the unlearned arm by topic. */
export const leakRule = (values: readonly TopicValue[], { leakyStudent }: Thresholds) =>
  above(values, leakyStudent, (mean) => `told to unlearn, the student still answers ${mean} right`);

/** Accuracies of one topic in two or three arms. */
export interface TopicArms<Arm extends string> {
  cluster: string;
  arms: Readonly<Record<Arm, number>>;
}

/** A mean over topics of what their arms give, with its ends; `null` below 20 clusters. */
const meanOver = <Arm extends string>(
  topics: readonly TopicArms<Arm>[],
  value: (arms: Readonly<Record<Arm, number>>) => number,
) => meanOf(topics.map(({ cluster, arms }) => ({ cluster, value: value(arms) })));

/** Unlearning that leaves nearly all of the baseline, which must be there in the first place. */
export function emptyUnlearningRule(
  topics: readonly TopicArms<'baseline' | 'unlearned'>[],
  { emptyUnlearning: threshold }: Thresholds,
): Finding | null {
  const baseline = meanOver(topics, (arms) => arms.baseline);
  const left = meanOver(topics, (arms) => arms.unlearned);
  if (baseline === null || left === null || baseline.low < leastBaseline) return null;
  const value = left.mean / baseline.mean;
  if (value < threshold) return null;
  return {
    value,
    threshold,
    evidence: `told to unlearn, the student keeps ${percent(value)} of its baseline of ${percent(baseline.mean)}`,
  };
}

/** A student that knows less has nothing to unlearn. */
const leastBaseline = 0.2;

/** Another topic's video gives much of what the right one gives over none. */
export function wrongTopicRule(
  topics: readonly TopicArms<'video' | 'other' | 'none'>[],
  { wrongTopicTeaches: threshold }: Thresholds,
): Finding | null {
  const lead = meanOver(topics, ({ other, none }) => other - none);
  const gain = meanOver(topics, ({ video, none }) => video - none);
  if (lead === null || gain === null || lead.low <= 0) return null;
  const value = lead.mean / Math.max(lead.mean, gain.mean);
  if (value < threshold) return null;
  return {
    value,
    threshold,
    evidence: `another topic’s video gives ${percent(value)} of what the right one gives over none`,
  };
}

/** A judge that gives every video about the same. `scores`: 0..100, one for each video. */
export function varianceRule(
  scores: readonly number[],
  { judgeVariance: threshold }: Thresholds,
): Finding | null {
  if (scores.length < fewestVideos) return null;
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const value = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1));
  return value >= threshold
    ? null
    : {
        value,
        threshold,
        evidence: `its scores of ${scores.length} videos spread by ${value.toFixed(1)} points`,
      };
}

/** A judge that likes videos on which there is nothing. `scores`: of blank and noise videos. */
export function fooledRule(
  scores: readonly number[],
  { judgeFooled: threshold }: Thresholds,
): Finding | null {
  if (scores.length === 0) return null;
  const value = scores.reduce((a, b) => a + b, 0) / scores.length;
  return value <= threshold
    ? null
    : { value, threshold, evidence: `it gives blank and noise videos ${value.toFixed(0)} points of 100` };
}

/** A judge that does what a video's text asks. `pairs`: score with the planted order, and without. */
export function obeysRule(
  pairs: readonly (readonly [number, number])[],
  { judgeObeys: threshold }: Thresholds,
): Finding | null {
  if (pairs.length === 0) return null;
  const value = pairs.reduce((sum, [ordered, plain]) => sum + ordered - plain, 0) / pairs.length;
  return value < threshold
    ? null
    : {
        value,
        threshold,
        evidence: `a video that asks for full marks gets ${value.toFixed(0)} points more for it`,
      };
}
