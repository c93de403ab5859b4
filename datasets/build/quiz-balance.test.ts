import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Question } from '../schema.ts';
import { balanceBuilt } from './quiz-balance.ts';
import { isOrderBound } from './validate-order.ts';

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
      balanceBuilt(questions).forEach((after, i) => {
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
  const keys = balanceBuilt(questions).map(({ key }) => key);
  const counts = [0, 1, 2, 3].map((letter) => keys.filter((key) => key === letter).length);
  expect(counts.toSorted()).toEqual([12, 12, 13, 13]);
  expect(balanceBuilt(questions)).toEqual(balanceBuilt(questions));
});
