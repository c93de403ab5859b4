import { expect, test } from 'vitest';
import { formatCost, formatFigure, formatUsd, formatValue } from './format.ts';
import { displayWidth, oneLine, plainText } from './plain.ts';

test('each format prints its numbers the way its column says', () => {
  expect(formatValue(0.625, 'percent')).toBe('62.5 %');
  expect(formatValue(0.375, 'points')).toBe('+37.5');
  expect(formatValue(-0.25, 'points')).toBe('−25.0');
  expect(formatValue(12345.4, 'integer')).toBe('12,345');
  expect(formatValue(83.26, 'seconds')).toBe('83.3 s');
  expect(formatValue(1.005, 'decimal')).toMatch(/^1\.0[01]$/);
  expect(formatUsd(0.01234)).toBe('$0.0123');
});

test('what is known in part is at least that, and what is not known at all is no figure', () => {
  expect(formatFigure({ value: 1.2, n: 3, atLeast: true }, 'usd')).toBe('≥ $1.2000');
  expect(formatFigure({ value: null, n: 0, atLeast: true }, 'usd')).toBe('–');
  expect(formatCost({ costUsd: null, costKnownUsd: 1.2 })).toBe('≥ $1.2000');
  expect(formatCost({ costUsd: null, costKnownUsd: 0 })).toBe('–');
  expect(formatCost({ costUsd: 0, costKnownUsd: 0 })).toBe('$0.0000');
});

test('a value that rounds to nothing has no sign', () => {
  expect(formatValue(-0.0001, 'points')).toBe('0.0');
  expect(formatValue(0.0001, 'points')).toBe('0.0');
});

test('an unknown figure is a dash and never a zero', () => {
  for (const format of ['percent', 'integer', 'usd', 'text'] as const)
    expect(formatValue(null, format)).toBe('–');
});

test('escape sequences go and other control characters become visible', () => {
  expect(plainText('\u001b[31mred\u001b[0m\u0000\u202ex\r\ny')).toBe('red\ufffd\ufffdx\ny');
  expect(oneLine('a\n  b\tc', 4)).toBe('a b…');
});

test('East Asian text takes two columns a sign and marks take none', () => {
  expect(displayWidth('ab')).toBe(2);
  expect(displayWidth('微分')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
});
