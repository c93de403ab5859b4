import { describe, expect, it } from 'vitest';
import { contentWords, normalise, words } from './words.ts';

describe('normalised text', () => {
  it.each([
    ['The  Mean value.', 'the mean value'],
    ['real-world use', 'Real world use!'],
    ['x + 1', 'x+1'],
    ['x²', 'x^2'],
    ['“quoted” word', '"quoted" word'],
    ['ﬁnite', 'finite'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(normalise(a)).toBe(normalise(b));
  });

  it.each([
    ['x + 1', 'x - 1'],
    ["f'(x)", 'f(x)'],
    ['x²', 'x2'],
    ['AA', 'aa'],
    ['n!', 'n'],
    ['0.5', '05'],
    ['3.5', '3,5'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(normalise(a)).not.toBe(normalise(b));
  });
});

describe('words', () => {
  it('are of any script', () => {
    expect(words('Euler’s π, 線形 代数')).toEqual(['euler', 's', 'π', '線形', '代数']);
  });

  it('of content leave out function words and fold plurals', () => {
    expect(contentWords("What are the properties of Euler's matrices and axes?")).toEqual([
      'property',
      'euler',
      'matrice',
      'axe',
    ]);
  });
});
