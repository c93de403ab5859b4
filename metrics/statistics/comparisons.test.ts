import { describe, expect, it, test } from 'vitest';
import { altTest } from './alt-test.ts';
import { pearson, spearman } from './correlation.ts';
import { holm } from './holm.ts';
import { Random } from './random.ts';
import { places } from './ranks.ts';
import { signFlipP } from './sign-flip.ts';

describe('Holm’s procedure', () => {
  it('multiplies by how many are left, and never falls', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(p, 12);
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('the sign-flip test', () => {
  const one = (values: readonly number[]) => values.map((value, i) => ({ cluster: `${i}`, values: [value] }));

  it('gives Fisher’s p for Darwin’s fifteen pairs of maize', () => {
    // Fisher (1935), section 21: 1,726 of 32,768 assignments are at least as far from 0, one of 2 sides counted each.
    const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    expect(signFlipP(one(darwin), { draws: 200_000, seed: 5 })).toBeCloseTo(1726 / 32768, 2);
  });

  it('turns clusters as a whole', () => {
    const cluster = [1, 1, 1, 1].map((value) => ({ cluster: 'same', values: [value] }));
    expect(signFlipP([...cluster, { cluster: 'other', values: [1] }], { draws: 0, seed: 0 })).toBe(0.5);
  });
});

describe('places', () => {
  it('of three methods in a chain: the middle one shares a letter with either end', () => {
    const far = (i: number, j: number) => Math.abs(i - j) > 1;
    expect(places([3, 2, 1], far)).toEqual([
      { ranks: [1, 2], letters: 'a' },
      { ranks: [1, 3], letters: 'ab' },
      { ranks: [2, 3], letters: 'b' },
    ]);
  });

  it('give every pair a shared letter just when it is not told apart', () => {
    const random = new Random(9);
    for (let round = 0; round < 50; round++) {
      const told = new Map<string, boolean>();
      const means = Array.from({ length: 7 }, () => random.unit());
      const differs = (i: number, j: number) => {
        const key = `${Math.min(i, j)} ${Math.max(i, j)}`;
        if (!told.has(key)) told.set(key, random.unit() < 0.4);
        return told.get(key) ?? false;
      };
      const found = places(means, differs);
      for (const [i, a] of found.entries())
        for (const [j, b] of found.entries()) {
          const shared = [...a.letters].some((letter) => b.letters.includes(letter));
          if (i !== j) expect(shared).toBe(!differs(i, j));
        }
    }
  });

  it('of one method: the first', () => {
    expect(places([5], () => false)).toEqual([{ ranks: [1, 1], letters: 'a' }]);
  });
});

test('correlations: perfect ones have no interval, constants no value', () => {
  expect(
    pearson([
      [1, 2],
      [2, 4],
      [3, 6],
      [4, 8],
    ]),
  ).toEqual({ r: 1, low: null, high: null, n: 4 });
  expect(
    spearman([
      [1, 1],
      [2, 8],
      [3, 27],
      [4, 64],
      [5, 125],
    ])?.r,
  ).toBe(1);
  expect(
    pearson([
      [1, 5],
      [2, 5],
      [3, 5],
    ]),
  ).toBeNull();
  expect(pearson([[1, 5]])).toBeNull();
});

describe('the alternative annotator test', () => {
  /** Three people and a judge, each the truth with noise of their own. */
  const study = (judgeNoise: number, personNoise: number) => {
    const random = new Random(21);
    return Array.from({ length: 120 }, () => {
      const truth = random.unit() * 100;
      const with_ = (noise: number) => truth + (random.unit() - 0.5) * noise;
      return {
        judge: with_(judgeNoise),
        people: [with_(personNoise), with_(personNoise), with_(personNoise)],
      };
    });
  };

  it('lets a judge pass that is closer to people than they are to one another', () => {
    expect(altTest(study(5, 20))).toMatchObject({ passes: true, winningRate: 1 });
  });

  it('fails a judge that is far off, and one that answers at random', () => {
    expect(altTest(study(80, 20))).toMatchObject({ passes: false, winningRate: 0 });
    const constant = study(0, 20).map(({ people }) => ({ judge: 50, people }));
    expect(altTest(constant)?.passes).toBe(false);
  });

  it('needs three people', () => {
    expect(altTest([{ judge: 1, people: [1, 2] }])).toBeNull();
  });
});
