import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson.ts';

describe('the Wilson interval', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is what Newcombe (1998, table I, method 3) gives', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('is symmetric: successes and failures mirror one another', () => {
    const one = wilsonInterval(3, 17);
    const other = wilsonInterval(14, 17);
    expect(one?.low).toBeCloseTo(1 - (other?.high ?? 0), 12);
    expect(one?.high).toBeCloseTo(1 - (other?.low ?? 0), 12);
  });

  it('grows with the level and ends at 0 and 1', () => {
    expect(wilsonInterval(5, 10, 0.99)?.low).toBeLessThan(wilsonInterval(5, 10, 0.9)?.low ?? 0);
    expect(wilsonInterval(10, 10)?.high).toBe(1);
    expect(wilsonInterval(0, 10)?.low).toBe(0);
  });

  it('does not exist without observations', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
