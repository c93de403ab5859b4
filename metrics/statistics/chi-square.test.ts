import { describe, expect, it } from 'vitest';
import { chiSquareUniform } from './chi-square.ts';

describe('the chi-square test of fit', () => {
  it('gives the published value for Mendel’s peas against 9:3:3:1', () => {
    const peas = chiSquareUniform([315, 108, 101, 32], [9, 3, 3, 1]);
    expect(peas?.statistic).toBeCloseTo(0.47, 2);
    expect(peas?.df).toBe(3);
    expect(peas?.p).toBeCloseTo(0.925, 3);
  });

  it('agrees with the table at the 5 % and 1 % points', () => {
    // 7.815 and 11.345 are the tabulated points for 3 degrees of freedom.
    const at = (statistic: number) => {
      // Four cells of expectation 100: moving d from one cell to another gives 2 d^2 / 100.
      const d = Math.sqrt(statistic * 50);
      return chiSquareUniform([100 + d, 100 - d, 100, 100])?.p ?? 1;
    };
    expect(at(7.815)).toBeCloseTo(0.05, 4);
    expect(at(11.345)).toBeCloseTo(0.01, 4);
  });

  it('sees no difference in equal counts', () => {
    expect(chiSquareUniform([7, 7, 7])).toEqual({ statistic: 0, df: 2, p: 1 });
  });

  it('leaves out cells that cannot occur, and refuses them when they were counted', () => {
    expect(chiSquareUniform([10, 20, 0], [1, 1, 0])?.df).toBe(1);
    expect(() => chiSquareUniform([10, 20, 3], [1, 1, 0])).toThrow('nothing is expected');
  });

  it('does not exist without observations or with a single cell', () => {
    expect(chiSquareUniform([0, 0])).toBeNull();
    expect(chiSquareUniform([5])).toBeNull();
  });
});
