import type { Question, Topic } from '../schema.ts';

/** Longest-option bot at the point that is shipped, at most: the same bar as for rewritten distractors. */
const bar = 0.35;
/** Questions that a topic needs to count as covered. */
const covered = 3;

/** One rule of the family and what it leaves. */
export interface LengthRule {
  /** Questions stay whose key is at most so many times as long as the longest distractor. */
  ratio: number;
  questions: number;
  /** Topics with at least three questions left. */
  topics: number;
  /** Accuracy of always picking the longest option (the first on ties) on what is left. */
  longest: number;
}

/** How many times the key is as long as the longest distractor, in characters. */
export function lengthRatio({ options, key }: Pick<Question, 'options' | 'key'>): number {
  const distractors = options.filter((_, i) => i !== key).map((option) => option.length);
  return (options[key]?.length ?? 0) / Math.max(...distractors);
}

function picksLongest({ options, key }: Question): boolean {
  const lengths = options.map((option) => option.length);
  return lengths.indexOf(Math.max(...lengths)) === key;
}

/** The trade-off: one rule for each ratio that occurs, from the strictest to all questions. */
export function lengthTradeOff(topics: readonly Topic[]): LengthRule[] {
  const ranked = topics
    .flatMap((topic) =>
      topic.quiz.map((question) => ({ topic: topic.id, question, ratio: lengthRatio(question) })),
    )
    .sort((a, b) => a.ratio - b.ratio);
  const left = new Map<string, number>();
  const rules: LengthRule[] = [];
  let right = 0;
  let full = 0;
  ranked.forEach(({ topic, question, ratio }, i) => {
    const count = (left.get(topic) ?? 0) + 1;
    left.set(topic, count);
    if (count === covered) full++;
    if (picksLongest(question)) right++;
    const last = ranked[i + 1]?.ratio !== ratio;
    if (last) rules.push({ ratio, questions: i + 1, topics: full, longest: right / (i + 1) });
  });
  return rules;
}

/** The rule that leaves most questions with the longest-option bot at 35 % or less; `null` when none does. */
export function bestLengthRule(rules: readonly LengthRule[]): LengthRule | null {
  return rules.filter(({ longest }) => longest <= bar).at(-1) ?? null;
}

/** The questions that the best rule leaves; topics stay, some of them with few questions or none. */
export function lengthFair(topics: readonly Topic[]): readonly Topic[] {
  const rule = bestLengthRule(lengthTradeOff(topics));
  const keep = (question: Question) => rule !== null && lengthRatio(question) <= rule.ratio;
  return topics.map((topic) => ({ ...topic, quiz: topic.quiz.filter(keep) }));
}
