import { describe, expect, it } from 'vitest';
import { leastOf } from './best-of.ts';
import { bootstrapT } from './bootstrap-t.ts';
import { Random } from './random.ts';

const options = { draws: 1999, seed: 6, level: 0.95 };

/** A video arm less each of its controls, with noise; by topic. */
function differences(means: readonly number[], count: number, seed: number) {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => ({
    cluster: `${i}`,
    values: means.map((mean) => mean + 0.4 * (random.unit() - 0.5)),
  }));
}

describe('an arm less the best of its controls', () => {
  it('takes the control with the highest mean over all topics, never one for each topic', () => {
    const found = bootstrapT(
      [
        { cluster: 'a', values: [1 - 0, 1 - 0.6] },
        { cluster: 'b', values: [1 - 0.8, 1 - 0.4] },
      ],
      options,
      leastOf,
    );
    // 1 less the second control's 0.5, not less the mean of 0.6 and 0.8.
    expect(found?.mean).toBeCloseTo(0.5, 12);
  });

  it('chooses again in each draw, so that its interval is wider to the side of a smaller gain than that of a fixed control', () => {
    const data = differences([0.3, 0.3, 0.3, 0.3, 0.3], 40, 3);
    const chosen = bootstrapT(data, options, leastOf);
    const mean = (arm: number) => data.reduce((sum, { values }) => sum + (values[arm] ?? 0), 0);
    const least = [0, 1, 2, 3, 4].toSorted((a, b) => mean(a) - mean(b))[0] ?? 0;
    const fixed = bootstrapT(data, options, (means) => Array.from(means, (_, at) => Number(at === least)));
    expect(chosen?.mean).toBe(fixed?.mean);
    expect(chosen?.high).toBeGreaterThan(fixed?.high ?? 1);
  });
});
