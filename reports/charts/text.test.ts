import { expect, test } from 'vitest';
import { labelsOf } from './layout.ts';
import { shortNumber, tickNumber, wrap } from './text.ts';

test('a small value is not shown as 0, and minus is a minus', () => {
  expect([296, 77.84, 0.034, 0, -3.14, 12500].map(shortNumber)).toEqual([
    '296',
    '77.8',
    '0.034',
    '0',
    '−3.1',
    '12,500',
  ]);
  expect([-5, 0.25, 0.1 + 0.2].map(tickNumber)).toEqual(['−5', '0.25', '0.3']);
});

test('a text breaks at its spaces, or at any character where the script has none', () => {
  expect(wrap('Gradient descent goes downhill', 120, 12, 3)).toEqual(['Gradient descent', 'goes downhill']);
  expect(wrap('矩阵变换与特征向量', 60, 12, 2)).toEqual(['矩阵变换与', '特征向量']);
  expect(wrap('one two three four five six', 60, 12, 2).at(-1)).toMatch(/…$/);
});

test('labels under bars stay whole while they fit and are turned when they do not', () => {
  const bars = { kind: 'bars' as const, title: 't', alt: 'a', series: [], valueAxis: 'v' };
  const long = 'Gradient descent: rolling down the hill!';
  const few = labelsOf({ ...bars, categories: [long, 'b', 'c', 'd'] });
  expect([few.turned, few.lines[0]?.join(' ')]).toEqual([false, long]);
  expect(labelsOf({ ...bars, categories: Array.from({ length: 20 }, () => long) }).turned).toBe(true);
});
