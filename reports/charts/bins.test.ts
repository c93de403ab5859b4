import { expect, test } from 'vitest';
import { binLabels, chooseBins, countInto } from './bins.ts';

test('bins have round edges and hold every value once', () => {
  const values = [3, 4, 4, 5, 9, 12, 12, 13, 40, 41, 77];
  const bins = chooseBins(values);
  expect(countInto(bins, values).reduce((a, b) => a + b)).toBe(values.length);
  expect(binLabels(chooseBins([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toEqual(['0–4', '5–9']);
  expect(chooseBins([5, 5, 5])).toEqual({ start: 5, width: 1, count: 1 });
});

test('bins of whole numbers are never narrower than 1, those of others may be', () => {
  expect(chooseBins([1, 1, 1, 1, 2]).width).toBe(1);
  expect(chooseBins([0.1, 0.2, 0.3, 0.4]).width).toBeLessThan(1);
});

test('an edge belongs to the bin above it, and labels say so where values are not whole', () => {
  const bins = { start: 0, width: 60, count: 2 };
  expect(countInto(bins, [0, 59.9, 60, 120])).toEqual([2, 2]);
  expect([binLabels(bins), binLabels(bins, false)]).toEqual([
    ['0–59', '60–119'],
    ['0–60', '60–120'],
  ]);
});
