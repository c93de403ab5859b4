import { expect, it } from 'vitest';
import { passAtK } from './pass-at-k.ts';

it.each([
  [10, 3, 1, 0.3],
  // One of two draws from {pass, fail, fail, fail}: 1 - C(3, 2) / C(4, 2).
  [4, 1, 2, 0.5],
  // 1 - C(8, 5) / C(10, 5) = 1 - 56 / 252.
  [10, 2, 5, 1 - 56 / 252],
  [5, 0, 5, 0],
  [5, 5, 1, 1],
  [5, 1, 5, 1],
])('pass@k of %i tries of which %i passed, k = %i', (n, c, k, expected) => {
  expect(passAtK(n, c, k)).toBeCloseTo(expected, 12);
});

it('of fewer tries than k does not exist', () => {
  expect(passAtK(3, 1, 4)).toBeNull();
});
