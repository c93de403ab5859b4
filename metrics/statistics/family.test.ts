import { describe, expect, it } from 'vitest';
import { leastOf } from './best-of.ts';
import { compareAll, type FamilyOptions, usualFamily } from './family.ts';
import { Random } from './random.ts';

const options: FamilyOptions = { ...usualFamily, draws: 1999, range: [0, 1] };
const topics = Array.from({ length: 60 }, (_, i) => `t${i}`);
const alone = (topic: string) => topic;

/** Methods with known true means. */
function world(means: Readonly<Record<string, number>>, seed = 3) {
  const random = new Random(seed);
  return Object.entries(means).map(([id, mean]) => ({
    id,
    values: new Map(
      topics.map((topic): [string, number[] | null] => [topic, [mean + 0.3 * (random.unit() - 0.5)]]),
    ),
  }));
}

describe('comparing all pairs of methods', () => {
  it('finds planted differences within its intervals, and puts equals into one group', () => {
    const { pairs, places } = compareAll(
      world({ best: 0.7, good: 0.5, same: 0.5, worst: 0.2 }),
      topics,
      alone,
      options,
    );
    const truth: Record<string, number> = { best: 0.7, good: 0.5, same: 0.5, worst: 0.2 };
    for (const { first, second, result, better } of pairs) {
      const difference = (truth[first] ?? 0) - (truth[second] ?? 0);
      expect(result?.low).toBeLessThan(difference);
      expect(result?.high).toBeGreaterThan(difference);
      expect(better).toBe(difference === 0 ? null : first);
    }
    expect([...places.values()].map(({ letters }) => letters)).toEqual(['a', 'b', 'b', 'c']);
    expect(places.get('same')?.ranks).toEqual([2, 3]);
  });

  it('claims nothing with fewer than 20 clusters, however large the difference', () => {
    const few = (topic: string) => `group ${Number(topic.slice(1)) % 19}`;
    const { pairs, places } = compareAll(world({ a: 0.9, b: 0.1 }), topics, few, options);
    expect(pairs[0]).toMatchObject({ restraint: 'too_few_clusters', better: null });
    expect(pairs[0]?.adjustedP).toBeLessThan(0.05);
    expect([...places.values()].map(({ ranks }) => ranks)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('pairs what both have, says what is missing and what it could change, and above a tenth claims nothing', () => {
    const [a, b] = world({ a: 0.8, b: 0.4 });
    for (const topic of topics.slice(0, 6)) a?.values.set(topic, null);
    for (const topic of topics.slice(3, 8)) b?.values.set(topic, null);
    const methods = [a, b].filter((method) => method !== undefined);
    const [pair] = compareAll(methods, topics, alone, options).pairs;
    expect(pair).toMatchObject({
      topics: 52,
      missing: { first: 6, second: 5 },
      restraint: null,
      better: 'a',
    });
    const [low = 0, high = 0] = pair?.bounds ?? [];
    expect(low).toBeLessThan(pair?.result?.mean ?? 0);
    expect(high).toBeGreaterThan(pair?.result?.mean ?? 0);
    // Eleven values of sixty may each move the mean by at most a sixtieth.
    expect(high - low).toBeCloseTo(11 / 60, 10);
    a?.values.set('t20', null);
    expect(compareAll(methods, topics, alone, options).pairs[0]).toMatchObject({
      restraint: 'too_many_missing',
      better: null,
    });
  });

  it('compares gains over the best control: a method whose videos only seem better is not told apart', () => {
    const random = new Random(8);
    const noisy = (mean: number) => mean + 0.3 * (random.unit() - 0.5);
    const method = (id: string, video: number, control: number) => ({
      id,
      weights: leastOf,
      values: new Map(
        topics.map((topic) => {
          const own = noisy(video);
          return [topic, [own - noisy(control), own - noisy(0.2)]];
        }),
      ),
    });
    // Accuracy 0.8 over a control of 0.6, and 0.6 over one of 0.4: the same gain. The third gains more.
    const methods = [method('lucky', 0.8, 0.6), method('plain', 0.6, 0.4), method('teaching', 0.8, 0.3)];
    const { pairs, places } = compareAll(methods, topics, alone, options);
    expect(pairs.map(({ better }) => better)).toEqual([null, 'teaching', 'teaching']);
    expect(places.get('teaching')?.ranks).toEqual([1, 1]);
  });

  it('corrects over the whole family: more methods, more doubt', () => {
    const two = compareAll(world({ a: 0.5, b: 0.44 }), topics, alone, options).pairs[0];
    const many = compareAll(world({ a: 0.5, b: 0.44, c: 0.47, d: 0.46, e: 0.48 }), topics, alone, options)
      .pairs[0];
    expect(many?.result?.p).toBe(two?.result?.p);
    expect(many?.adjustedP).toBeGreaterThan(two?.adjustedP ?? 1);
  });
});
