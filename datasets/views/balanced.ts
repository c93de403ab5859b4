import { sha256 } from '../../harness/store/hash.ts';
import type { Question, Topic } from '../schema.ts';
import { isOrderBound } from './order-bound.ts';

/** Part of what a view or a built dataset is: another seed would give other orders. */
const seed = 'balanced-1';

/** The topics with their questions balanced over the whole dataset. */
export function balanceKeys(topics: readonly Topic[]): readonly Topic[] {
  const balanced = balanceQuestions(topics.flatMap(({ quiz }) => quiz));
  let next = 0;
  return topics.map((topic) => {
    next += topic.quiz.length;
    return { ...topic, quiz: balanced.slice(next - topic.quiz.length, next) };
  });
}

/**
 * Permutes options so that over all questions with equally many options each letter is the key equally often, as far as
 * questions whose options point at one another ("none of the above") allow: these stay as they are. Nothing is lost or
 * reworded; the same questions give the same orders on every machine.
 */
export function balanceQuestions(questions: readonly Question[]): Question[] {
  const taken = new Map<number, number[]>();
  for (const { options, key } of questions.filter(isOrderBound)) {
    const counts = countsFor(taken, options.length);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return questions.map((question, i) => {
    if (isOrderBound(question)) return question;
    const counts = countsFor(taken, question.options.length);
    const least = Math.min(...counts);
    const free = counts.flatMap((count, position) => (count === least ? [position] : []));
    const position = shuffled(free, `${seed}|${i}`)[0] ?? 0;
    counts[position] = least + 1;
    return withKeyAt(question, position);
  });
}

function countsFor(taken: Map<number, number[]>, options: number): number[] {
  const counts = taken.get(options) ?? Array.from({ length: options }, () => 0);
  taken.set(options, counts);
  return counts;
}

function withKeyAt(question: Question, position: number): Question {
  const right = question.options[question.key] ?? '';
  const others = question.options.filter((_, i) => i !== question.key);
  const options = shuffled(others, `${seed}|${question.id}`).toSpliced(position, 0, right);
  return { ...question, options, key: position };
}

/** An order that depends on the salt and the places alone, the same on every machine. */
export function shuffled<T>(items: readonly T[], salt: string): T[] {
  return items
    .map((item, i) => ({ item, rank: sha256(`${salt}|${i}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}
