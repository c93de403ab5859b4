import type { Question } from '../schema.ts';
import { shuffled } from '../views/balanced.ts';
import { isOrderBound } from './validate-order.ts';

/** Part of what a built dataset is: another seed would give other orders. */
const seed = 'built-1';

/**
 * Permutes options so that over all questions with equally many options each position is the key equally often, as
 * far as questions whose order is bound allow. Nothing else is changed.
 */
export function balanceBuilt(questions: readonly Question[]): Question[] {
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
