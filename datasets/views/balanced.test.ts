import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Question } from '../schema.ts';
import { question } from '../topics.fixture.ts';
import { balanceQuestions } from './balanced.ts';
import { isOrderBound } from './order-bound.ts';

const questionArbitrary = fc
  .record({ count: fc.constantFrom(2, 3, 4), pick: fc.nat(), bound: fc.boolean(), stem: fc.string() })
  .map(({ count, pick, bound, stem }): Question => {
    const options = Array.from({ length: count }, (_, i) => `option number ${i}`);
    if (bound) options[count - 1] = 'None of the above';
    return { id: 'question-000000000000', stem, options, key: pick % count, tags: [] };
  });

test('every question keeps its words and its right answer, and no order that is bound is touched', () => {
  fc.assert(
    fc.property(fc.array(questionArbitrary, { maxLength: 40 }), (questions) => {
      balanceQuestions(questions).forEach((after, i) => {
        const before = questions[i];
        expect(after.options[after.key]).toBe(before?.options[before.key]);
        expect(after.options.toSorted()).toEqual(before?.options.toSorted());
        if (before && isOrderBound(before)) expect(after).toEqual(before);
      });
    }),
    { numRuns: 200 },
  );
});

test('without bound orders each letter is the key equally often, or once more', () => {
  const questions = Array.from({ length: 50 }, (_, i): Question => {
    return { id: 'question-000000000000', stem: `${i}`, options: ['a', 'b', 'c', 'd'], key: 1, tags: [] };
  });
  const keys = balanceQuestions(questions).map(({ key }) => key);
  const counts = [0, 1, 2, 3].map((letter) => keys.filter((key) => key === letter).length);
  expect(counts.toSorted()).toEqual([12, 12, 13, 13]);
  expect(balanceQuestions(questions)).toEqual(balanceQuestions(questions));
});

test('options that name other options bind the order, options that only hold such words do not', () => {
  const bound = [
    'All of the above',
    'None of these',
    'Both A and C',
    'A and B',
    'Neither of them',
    'None of the above.',
    'Option B',
  ];
  for (const option of bound) expect(isOrderBound(question('t', 's', ['x', option])), option).toBe(true);
  const free = [
    'All planets',
    'A circle and a line',
    'Vitamin A',
    'None',
    'Two circles',
    'A',
    'Both ends',
    'All of them equal π.',
    'Both outcomes must be the same.',
  ];
  for (const option of free) expect(isOrderBound(question('t', 's', ['x', option])), option).toBe(false);
});
