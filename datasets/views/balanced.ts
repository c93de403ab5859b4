import { sha256 } from '../../harness/store/hash.ts';
import type { Question, Topic } from '../schema.ts';
import { isOrderBound } from './order-bound.ts';

/** Part of the view's definition: another seed would be another view. */
const seed = 'balanced-1';

/**
 * The same questions with their options permuted so that each letter is the key equally often: over the whole dataset
 * the counts of two letters differ by at most one for questions with equally many options. Nothing is lost or reworded.
 * A question whose options point at one another ("none of the above") keeps its order and is not counted.
 */
export function balanceKeys(topics: readonly Topic[], salt = seed): readonly Topic[] {
  const asked = new Map<number, number>();
  return topics.map((topic) => ({
    ...topic,
    quiz: topic.quiz.map((question) => {
      if (isOrderBound(question)) return question;
      const count = question.options.length;
      const n = asked.get(count) ?? 0;
      asked.set(count, n + 1);
      return permute(question, positionOf(n, count, salt), salt);
    }),
  }));
}

/** Where the n-th key goes: each run of `count` questions uses every position once, in an order of its own. */
function positionOf(n: number, count: number, salt: string): number {
  const positions = Array.from({ length: count }, (_, i) => i);
  return shuffled(positions, `${salt}|${count}|${Math.floor(n / count)}`)[n % count] ?? 0;
}

function permute(question: Question, position: number, salt: string): Question {
  const right = question.options[question.key] ?? '';
  const others = shuffled(
    question.options.filter((_, i) => i !== question.key),
    `${salt}|${question.id}`,
  );
  return { ...question, options: others.toSpliced(position, 0, right), key: position };
}

/** An order that depends on the salt and the places alone, the same on every machine. */
export function shuffled<T>(items: readonly T[], salt: string): T[] {
  return items
    .map((item, i) => ({ item, rank: sha256(`${salt}|${i}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}
