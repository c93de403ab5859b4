import { describe, expect, it } from 'vitest';
import { icc21, interval, krippendorffAlpha, nominal, ordinal, weightedKappa } from './agreement.ts';

describe('ICC(2,1)', () => {
  it('gives Shrout and Fleiss’ value for their table of four judges and six targets', () => {
    const ratings = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ];
    expect(icc21(ratings)).toBeCloseTo(0.29, 2);
  });

  it('does not exist for one rater, one item or without variance', () => {
    expect(icc21([[1], [2]])).toBeNull();
    expect(icc21([[1, 2]])).toBeNull();
    expect(
      icc21([
        [3, 3],
        [3, 3],
      ]),
    ).toBeNull();
  });
});

describe('Krippendorff’s alpha', () => {
  // Krippendorff (2011), section D: four observers, twelve units, some values missing.
  const units = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
  ];

  it.each([
    ['nominal', nominal, 0.743],
    ['ordinal', ordinal(units), 0.815],
    ['interval', interval, 0.849],
  ])('gives the published value for %s data', (_, distance, expected) => {
    expect(krippendorffAlpha(units, distance)).toBeCloseTo(expected, 3);
  });

  it('does not exist where no unit has two values or nothing varies', () => {
    expect(krippendorffAlpha([[1], [2]], nominal)).toBeNull();
    expect(
      krippendorffAlpha(
        [
          [2, 2],
          [2, 2],
        ],
        nominal,
      ),
    ).toBeNull();
  });
});

describe('weighted kappa', () => {
  it('is 1 for the same values, 0 for independent ones, and does not exist where chance agrees', () => {
    expect(
      weightedKappa(
        [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
        interval,
      ),
    ).toBe(1);
    expect(
      weightedKappa(
        [
          [1, 1],
          [1, 2],
          [2, 1],
          [2, 2],
        ],
        nominal,
      ),
    ).toBeCloseTo(0, 12);
    expect(
      weightedKappa(
        [
          [4, 4],
          [4, 4],
        ],
        nominal,
      ),
    ).toBeNull();
  });
});
