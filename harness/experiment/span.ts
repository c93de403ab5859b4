import type { Span } from '../store/estimate-schema.ts';

export const none: Span = { low: 0, high: 0 };

/** A number is a span without width. */
export const spanOf = (value: number | Span): Span =>
  typeof value === 'number' ? { low: value, high: value } : value;

export const times = (a: Span, b: Span): Span => ({ low: a.low * b.low, high: a.high * b.high });

export const sumOfSpans = (spans: readonly Span[]): Span =>
  spans.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), none);

/**
 * The sum of `count` further values like these: a span that holds it nineteen times in twenty where they scatter evenly.
 * A single value tells nothing of how they scatter; then it is half or half as much again.
 */
export function sumLike(values: readonly number[], count: number): Span {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  const half =
    n === 1 ? (mean * count) / 2 : 2 * Math.sqrt(variance) * Math.sqrt(count + (count * count) / n);
  return { low: Math.max(0, mean * count - half), high: mean * count + half };
}
