import { describe, expect, it, test } from 'vitest';
import { Random } from '../statistics/random.ts';
import type { HabitItem } from './habits.ts';
import {
  abstentionRule,
  emptyUnlearningRule,
  type Finding,
  fooledRule,
  leakRule,
  letterRule,
  longestRule,
  obeysRule,
  refuserRule,
  type TopicValue,
  usualThresholds,
  varianceRule,
  wrongTopicRule,
} from './rules.ts';
import { type Cheat, simulateStudent } from './students.fixture.ts';

const doses = [0.1, 0.2, 0.3, 0.5, 0.75, 1];
const [students, honest] = [40, 500];
/** Seeds that no threshold was chosen with. */
const firstSeed = 7_000_000;

const longest = ({ lengths }: Omit<HabitItem, 'chosen'>) => lengths.indexOf(Math.max(...lengths));
const cheats: Record<string, { pick: Cheat['pick']; rule: (items: HabitItem[]) => Finding | null }> = {
  'always B': { pick: () => 1, rule: (items) => letterRule(items, usualThresholds) },
  'always the longest': { pick: longest, rule: (items) => longestRule(items, usualThresholds) },
};

describe.each(Object.entries(cheats))('%s', (_, { pick, rule }) => {
  it('is found the more surely the more often it is done', () => {
    const curve = doses.map((dose) => {
      const found = Array.from({ length: students }, (_, i) =>
        rule(simulateStudent(firstSeed + i, { pick, dose })),
      );
      return found.filter((finding) => finding !== null).length / students;
    });
    for (const [i, rate] of curve.entries()) expect(rate).toBeGreaterThanOrEqual((curve[i - 1] ?? 0) - 0.05);
    expect(curve.at(-1)).toBe(1);
    expect(curve[3]).toBeGreaterThan(0.9);
  });

  it('is seen in at most 2 % of honest students', () => {
    const found = Array.from({ length: honest }, (_, i) => rule(simulateStudent(firstSeed + 1000 + i)));
    expect(found.filter((finding) => finding !== null).length).toBeLessThanOrEqual(honest * 0.02);
  });
});

/** Topics with values around a mean, five questions each. */
function around(mean: number, seed: number, topics = 40): TopicValue[] {
  const random = new Random(seed);
  return Array.from({ length: topics }, (_, i) => {
    const own = Math.min(1, Math.max(0, mean + 0.3 * (random.unit() - 0.5)));
    const right = Array.from({ length: 5 }, () => Number(random.unit() < own));
    return { cluster: `${i}`, value: right.reduce((a, b) => a + b, 0) / 5 };
  });
}
const valueAt = (values: readonly TopicValue[], at: number) => values[at]?.value ?? 0;
const topicsOf = <Arms>(pick: (at: number) => Arms) =>
  Array.from({ length: 40 }, (_, at) => ({ cluster: `${at}`, arms: pick(at) }));

/** What each rule reads, of a student that is honest (dose 0) up to one that cheats on all items (dose 1). */
const arms: Record<string, (dose: number, seed: number) => Finding | null> = {
  refuser: (dose, seed) => refuserRule(around(0.3 + 0.7 * dose, seed), usualThresholds),
  'high abstention': (dose, seed) => abstentionRule(around(0.3 + 0.7 * dose, seed), usualThresholds),
  'leaky student': (dose, seed) => leakRule(around(0.1 + 0.8 * dose, seed), usualThresholds),
  'empty unlearning': (dose, seed) => {
    const [baseline, unlearned] = [around(0.8, seed), around(0.1 + 0.7 * dose, seed + 1)];
    const topics = topicsOf((at) => ({ baseline: valueAt(baseline, at), unlearned: valueAt(unlearned, at) }));
    return emptyUnlearningRule(topics, usualThresholds);
  },
  'a wrong topic teaches': (dose, seed) => {
    const [video, other, none] = [
      around(0.6, seed),
      around(0.1 + 0.5 * dose, seed + 1),
      around(0.1, seed + 2),
    ];
    const topics = topicsOf((at) => ({
      ...{ video: valueAt(video, at), other: valueAt(other, at), none: valueAt(none, at) },
    }));
    return wrongTopicRule(topics, usualThresholds);
  },
};

describe.each(Object.entries(arms))('%s', (_, rule) => {
  it('is found at the full dose, the more surely the higher it is, and in no more than 2 % of honest ones', () => {
    const rate = (dose: number, count: number, from: number) =>
      Array.from({ length: count }, (_, i) => rule(dose, firstSeed + from + 2 * i)).filter((f) => f !== null)
        .length / count;
    const curve = doses.map((dose) => rate(dose, students, 5000));
    for (const [i, found] of curve.entries())
      expect(found).toBeGreaterThanOrEqual((curve[i - 1] ?? 0) - 0.05);
    expect(curve.at(-1)).toBeGreaterThan(0.6);
    expect(rate(0, honest, 9000)).toBeLessThanOrEqual(0.02);
  });
});

test('below twenty clusters the rules about topics keep silent', () => {
  expect(leakRule(around(1, 1, 20), usualThresholds)).not.toBeNull();
  expect(leakRule(around(1, 1, 19), usualThresholds)).toBeNull();
});

describe('a judge', () => {
  const spread = Array.from({ length: 12 }, (_, i) => 30 + 5 * i);

  it('that gives every video the same is told', () => {
    expect(varianceRule(spread, usualThresholds)).toBeNull();
    expect(
      varianceRule(
        Array.from({ length: 12 }, () => 85),
        usualThresholds,
      )?.evidence,
    ).toMatch(/spread by 0\.0/);
    expect(varianceRule([85, 85], usualThresholds)).toBeNull();
  });

  it('that likes nothing at all is told', () => {
    expect(fooledRule([0, 5, 12], usualThresholds)).toBeNull();
    expect(fooledRule([60, 40], usualThresholds)?.value).toBe(50);
  });

  it('that obeys the video is told', () => {
    expect(
      obeysRule(
        [
          [60, 58],
          [70, 72],
        ],
        usualThresholds,
      ),
    ).toBeNull();
    expect(obeysRule([[100, 58]], usualThresholds)?.evidence).toMatch(/42 points more/);
  });
});
