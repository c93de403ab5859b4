import { expect, test } from 'vitest';
import { bradleyTerry, type Duel } from './bradley-terry.ts';
import { Random } from './random.ts';

const duel = (first: number, second: number, won: number, cluster = 'a'): Duel => ({
  first,
  second,
  won,
  cluster,
});

test('two that met a hundred times, one preferred 75 times, are log 3 apart', () => {
  const duels = Array.from({ length: 100 }, (_, i) => duel(0, 1, i < 75 ? 1 : 0, `${i}`));
  const [a, b] = bradleyTerry(duels, 2);
  expect((a?.strength ?? 0) - (b?.strength ?? 0)).toBeCloseTo(Math.log(3), 2);
  expect(a?.low).toBeGreaterThan(0);
});

test('ties only make all equal; one that always wins is strong, not infinitely', () => {
  for (const { strength } of bradleyTerry([duel(0, 1, 0.5), duel(1, 2, 0.5)], 3))
    expect(strength).toBeCloseTo(0, 9);
  const [best] = bradleyTerry(
    Array.from({ length: 50 }, (_, i) => duel(0, 1, 1, `${i}`)),
    2,
  );
  expect(best?.strength).toBeGreaterThan(2);
  expect(Number.isFinite(best?.high)).toBe(true);
});

test('planted strengths lie within their intervals', () => {
  const truth = [0.8, 0, -0.8];
  const random = new Random(4);
  const duels = Array.from({ length: 120 }, (_, topic) =>
    truth.flatMap((a, i) =>
      truth.flatMap((b, j) => {
        const won = random.unit() < 1 / (1 + Math.exp(b - a)) ? 1 : 0;
        return i === j ? [] : [duel(i, j, won, `${topic}`)];
      }),
    ),
  ).flat();
  for (const [i, { low, high }] of bradleyTerry(duels, 3).entries()) {
    expect(low).toBeLessThan(truth[i] ?? 9);
    expect(high).toBeGreaterThan(truth[i] ?? -9);
  }
});

test('nothing compared has no strengths', () => {
  expect(bradleyTerry([], 3)).toEqual([]);
});
