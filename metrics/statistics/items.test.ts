import { describe, expect, it } from 'vitest';
import { itemAnalysis } from './items.ts';
import { Random } from './random.ts';

describe('item analysis', () => {
  it('gives by hand: difficulties, KR-20, ceiling and floor', () => {
    const found = itemAnalysis([
      [1, 1, 1],
      [1, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    expect(found?.items.map(({ difficulty }) => difficulty)).toEqual([0.75, 0.5, 0.25]);
    // Sum of pq is 0.625, variance of 3, 2, 1, 0 is 1.25: 1.5 x (1 - 0.5).
    expect(found?.kr20).toBeCloseTo(0.75, 12);
    expect(found).toMatchObject({ examinees: 4, ceiling: 0.25, floor: 0.25 });
    // The first item against 2, 1, 0, 0.
    expect(found?.items[0]?.itemRest).toBeCloseTo(0.5222, 4);
  });

  it('finds the item that has nothing to do with the others', () => {
    const random = new Random(2);
    const scores = Array.from({ length: 300 }, () => {
      const knows = random.unit();
      const own = (p: number): 0 | 1 => (random.unit() < p ? 1 : 0);
      return [own(knows), own(knows), own(knows), own(knows), own(0.5)];
    });
    const rests = itemAnalysis(scores)?.items.map(({ itemRest }) => itemRest ?? 0) ?? [];
    expect(Math.abs(rests[4] ?? 1)).toBeLessThan(0.15);
    for (const rest of rests.slice(0, 4)) expect(rest).toBeGreaterThan(0.3);
  });

  it('has nothing to say of an item that everybody knows, and of no answers', () => {
    expect(itemAnalysis([[1], [1]])).toMatchObject({
      kr20: null,
      ceiling: 1,
      items: [{ difficulty: 1, itemRest: null }],
    });
    expect(itemAnalysis([])).toBeNull();
  });
});
