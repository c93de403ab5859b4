import fc from 'fast-check';
import jstat from 'jstat';
import { describe, expect, it } from 'vitest';
import { bootstrapT } from './bootstrap-t.ts';

const options = { draws: 999, seed: 3, level: 0.95 };
const alone = (values: readonly number[]) => values.map((value, i) => ({ cluster: `${i}`, values: [value] }));

describe('the bootstrap-t of a mean', () => {
  it('has an interval and a p that never disagree', () => {
    const value = fc.integer({ min: -5, max: 6 }).map((n) => n / 5);
    fc.assert(
      fc.property(
        fc.array(fc.record({ cluster: fc.stringMatching(/^[a-h]$/), values: fc.tuple(value) }), {
          minLength: 2,
          maxLength: 40,
        }),
        fc.constantFrom(0.9, 0.95, 0.99),
        (values, level) => {
          const result = bootstrapT(values, { ...options, level });
          if (result === null) return new Set(values.map(({ cluster }) => cluster)).size < 2;
          const outside = result.low > 0 || result.high < 0;
          return outside === result.p <= 1 - level + 1e-12;
        },
      ),
    );
  });

  it('gives about what the t distribution gives for normal values', () => {
    const values = Array.from({ length: 40 }, (_, i) => 0.4 + jstat.normal.inv((i + 0.5) / 40, 0, 1));
    const result = bootstrapT(alone(values), { ...options, draws: 20_000 });
    const { mean = 0, se = 0, low = 0, high = 0 } = result ?? {};
    // The quantile of Student's distribution with 39 degrees of freedom is 2.023.
    for (const reach of [(mean - low) / se, (high - mean) / se]) {
      expect(reach).toBeGreaterThan(1.93);
      expect(reach).toBeLessThan(2.12);
    }
  });

  it('reaches further to the side of the long tail than a symmetric interval does', () => {
    const skewed = [...Array.from({ length: 25 }, () => 0), ...Array.from({ length: 5 }, (_, i) => i + 1)];
    const { mean = 0, low = 0, high = 0 } = bootstrapT(alone(skewed), options) ?? {};
    expect(high - mean).toBeGreaterThan(1.5 * (mean - low));
  });

  it('is the same whatever the order of the values, and turns with their sign', () => {
    const values = [0.2, -0.4, 0.6, 0.6, 0, 1, -0.2, 0.8].map((value, i) => ({
      cluster: `c${i % 5}`,
      values: [value],
    }));
    expect(bootstrapT(values.toReversed(), options)).toEqual(bootstrapT(values, options));
    const turned = bootstrapT(
      values.map(({ cluster, values: [value = 0] }) => ({ cluster, values: [-value] })),
      options,
    );
    const straight = bootstrapT(values, options);
    expect(turned?.p).toBe(straight?.p);
    expect(turned?.low).toBeCloseTo(-(straight?.high ?? 0), 12);
  });

  it('counts clusters, not values: the same topic ten times is no more evidence', () => {
    const values = [0.5, 0.2, -0.1, 0.4, 0.3, 0.1, -0.2, 0.6];
    const once = bootstrapT(alone(values), options);
    const often = bootstrapT(
      alone(values).flatMap((value) => Array.from({ length: 10 }, () => value)),
      options,
    );
    // Draws that tie with the observed value may fall to either side of it.
    expect(often?.p).toBeCloseTo(once?.p ?? 0, 2);
    expect(often?.se).toBeCloseTo(once?.se ?? 0, 12);
  });

  it('says nothing of one cluster, and of equal values only that they are equal', () => {
    expect(
      bootstrapT([
        { cluster: 'a', values: [1] },
        { cluster: 'a', values: [2] },
      ]),
    ).toBeNull();
    expect(bootstrapT(alone([0, 0, 0]), options)).toMatchObject({ mean: 0, low: 0, high: 0, p: 1 });
    expect(bootstrapT(alone([2, 2, 2]), options)).toMatchObject({ mean: 2, low: 2, high: 2 });
  });
});
