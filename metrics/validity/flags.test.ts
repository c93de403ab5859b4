import { describe, expect, test } from 'vitest';
import { cell, emptyLedger, method } from '../evidence.fixture.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import { type RuleName, rules, validityFlags } from './flags.ts';
import { usualThresholds } from './rules.ts';
import { flagTable, severeRemarks } from './table.ts';
import { makeWorld, type World } from './world.fixture.ts';

const raised = (evidence: Evidence): RuleName[] => [
  ...new Set(validityFlags(evidence, usualThresholds).map(({ rule }) => rule)),
];
const longest = (lengths: readonly number[]) => lengths.indexOf(Math.max(...lengths));

/** A cheat on a share of the questions or videos. */
const cheats: Partial<Record<RuleName, (dose: number) => World>> = {
  letter_habit: (dose) => ({
    choose: (honest, random) => (arm, q) => (random.unit() < dose ? 1 : honest(arm, q)),
  }),
  longest_habit: (dose) => ({
    choose: (honest, random) => (arm, q) => (random.unit() < dose ? longest(q.lengths) : honest(arm, q)),
  }),
  refuser: (dose) => ({
    choose: (honest, random) => (arm, q) => (random.unit() < dose ? null : honest(arm, q)),
  }),
  leaky_student: (dose) => ({
    choose: (honest, random) => (arm, q) =>
      arm === 'unlearned' && random.unit() < dose ? q.key : honest(arm, q),
  }),
  empty_unlearning: (dose) => ({
    choose: (honest, random) => (arm, q) =>
      honest(arm === 'unlearned' && random.unit() < dose ? 'baseline' : arm, q),
  }),
  wrong_topic_teaches: (dose) => ({
    choose: (honest, random) => (arm, q) =>
      honest(arm === 'other_topic' && random.unit() < dose ? 'video' : arm, q),
  }),
  judge_variance: (dose) => ({
    judge: (quality, control) => (control === null ? 12 + (1 - dose) * (quality - 12) : 0),
  }),
  judge_fooled: (dose) => ({ judge: (quality, control) => (control === null ? quality : 15 * dose) }),
  judge_obeys: (dose) => ({
    judge: (quality, control) => (control === null ? quality : control === 'canary' ? 3 + 17 * dose : 1),
  }),
};

describe.each(Object.entries(cheats))('%s', (rule, cheat) => {
  const doses = [0.1, 0.25, 0.5, 0.75, 1];
  const curve = doses.map((dose) =>
    [1, 2, 3, 4, 5, 6].map((seed) =>
      Number(raised(makeWorld({ seed, ...cheat(dose) })).some((one) => one === rule)),
    ),
  );
  const rates = curve.map((found) => found.reduce((a, b) => a + b, 0) / found.length);

  test('is raised whenever the whole is cheated, and the more often the larger the share', () => {
    expect(rates.at(-1)).toBe(1);
    for (const [i, rate] of rates.entries()) expect(rate).toBeGreaterThanOrEqual((rates[i - 1] ?? 0) - 0.2);
  });
});

test('of 500 honest experiments at most 2 % raise any severe flag', () => {
  const wrong = Array.from({ length: 500 }, (_, i) => raised(makeWorld({ seed: 9_000_000 + i }))).filter(
    (found) => found.some((rule) => rules[rule].severity === 'severe'),
  );
  expect(wrong.length).toBeLessThanOrEqual(10);
});

describe('what the record says', () => {
  const base = makeWorld();
  const planted: [RuleName, Evidence][] = [
    [
      'same_video',
      { ...base, cells: base.cells.map((one, i) => (i < 2 ? { ...one, videoSha256: 'ab' } : one)) },
    ],
    [
      'other_model',
      {
        ...base,
        cells: base.cells.map((one) => ({
          ...one,
          otherModels: [{ endpoint: 'e', asked: 'x', served: 'y', calls: 2 }],
        })),
      },
    ],
    ['few_clusters', makeWorld({ topics: 8 })],
    [
      'few_clusters',
      { ...base, topics: base.topics.map((topic, i) => ({ ...topic, cluster: `c${i % 9}` })) },
    ],
    [
      'price_unknown',
      {
        ...base,
        cells: base.cells.map((one) => ({ ...one, ledger: { ...emptyLedger, calls: 1, costUsd: null } })),
      },
    ],
    ['offline_endpoint', { ...base, methods: [method('m', true)] }],
    [
      'judge_family',
      {
        ...base,
        methods: [by('gemini-2.5-pro')],
        measurements: base.measurements.map((one) => ({ ...one, model: 'gemini-3-pro' })),
      },
    ],
    ['quiz_shown', looked({ quizShown: 0.2 }, 'the question “How many steps?” stands on a frame')],
    ['geometry_contradicted', looked({ contradicted: 0.5 }, 'the geometry has “halves”, no frame shows it')],
    [
      'high_abstention',
      makeWorld({ choose: (honest, random) => (arm, q) => (random.unit() < 0.7 ? null : honest(arm, q)) }),
    ],
  ];

  test.each(planted)('%s is raised where it is so, with its evidence', (rule, evidence) => {
    const flag = validityFlags(evidence, usualThresholds).find((one) => one.rule === rule);
    expect(flag?.evidence).not.toBe('');
    expect(raised(base)).not.toContain(rule);
  });

  test.each(['quiz_shown', 'geometry_contradicted'] as const)(
    '%s is raised from its threshold on, at every dose',
    (rule) => {
      const fact = rule === 'quiz_shown' ? 'quizShown' : 'contradicted';
      const found = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1].map((dose) =>
        raised(looked({ [fact]: dose }, '')).includes(rule),
      );
      const first = rule === 'quiz_shown' ? 2 : 3;
      expect(found).toEqual(found.map((_, i) => i >= first));
    },
  );

  test('every rule is planted in some test', () => {
    expect(new Set([...Object.keys(cheats), ...planted.map(([rule]) => rule)])).toEqual(
      new Set(Object.keys(rules)),
    );
  });

  test('severe ones stand first and above the tables; without any the table says so', () => {
    const flags = validityFlags(
      looked({ quizShown: 1 }, 'the question “How?” stands on a frame'),
      usualThresholds,
    );
    expect(severeRemarks(flags)[0]).toMatch(/a video shows the quiz: 100 % of the topic’s questions/);
    expect(flagTable(flags)[0]?.rows[0]?.figures.severity?.value).toBe('severe');
    expect(flagTable([])[0]?.caption).toMatch(/^No rule found anything/);
  });

  test('a threshold of the config is the one that counts', () => {
    const shown = looked({ quizShown: 0.2 }, '');
    const strict = { ...usualThresholds, quizShown: 0.5 };
    expect(validityFlags(shown, strict).map(({ rule }) => rule)).not.toContain('quiz_shown');
  });
});

function by(model: string) {
  const role = { role: 'coder', endpoint: 'e', model, servedModels: [], scripted: false };
  return { ...method('m'), roles: [{ ...role, usageSource: 'endpoint' as const }] };
}

/** The world with a look at one video. */
function looked(facts: Record<string, number>, note: string): Evidence {
  const base = makeWorld();
  const look: MeasurementResult = {
    ...{ slot: 'l', metric: 'layout', arm: null, topicId: 't0', cellId: cell('m', 't0').id, endpoint: '' },
    ...{ status: 'ok', reason: null, scripted: false, answers: [], ledger: emptyLedger },
    observation: { facts, notes: [note] },
  };
  return { ...base, measurements: [...base.measurements, look] };
}
