import { describe, expect, test } from 'vitest';
import { cell, emptyLedger, method } from '../evidence.fixture.ts';
import type { CellResult, Evidence } from '../evidence.ts';
import { efficiency } from './efficiency.ts';

/** A cell that used so many tokens and seconds, and cost so much. */
const spent = (
  topic: string,
  tokens: number,
  timeS: number,
  costUsd: number | null,
  status: CellResult['status'] = 'ok',
): CellResult => ({
  ...cell('m', topic, status),
  timeS,
  videoFacts: status === 'ok' ? { durationS: 120, width: 854, height: 480, fps: 15 } : null,
  reason: status === 'ok' ? null : { code: 'no_section_rendered', message: 'x' },
  ledger: {
    ...emptyLedger,
    costUsd,
    costKnownUsd: costUsd ?? 0,
    calls: 1,
    tokens: { input: tokens, cached: 0, output: 0, reasoning: null },
  },
  sections: [
    {
      ...{ id: 's', title: 's', codeProduced: true, checked: true, rendered: status === 'ok', repairs: 3 },
      repairsByScope: { line: 2, block: 1, section: 0 },
      error: status === 'ok' ? null : { kind: 'exception', message: 'y' },
    },
  ],
});

const world = (...cells: CellResult[]): Evidence => ({
  methods: [method('m')],
  topics: [...new Set(cells.map(({ topicId }) => topicId))].map((id) => ({ id, title: id, category: '' })),
  ...{ cells, measurements: [] },
});
const figures = (evidence: Evidence, id: string) =>
  efficiency.score(evidence).find((table) => table.id === id)?.rows[0]?.figures;

describe('by hand', () => {
  const evidence = world(spent('a', 3000, 60, 0.5), spent('b', 9000, 240, 0.1, 'method_failed'));

  test('failures in and out, per video, per minute, and as the paper has it', () => {
    const found = figures(evidence, 'efficiency-per-video');
    const values = Object.fromEntries(Object.entries(found ?? {}).map(([key, { value }]) => [key, value]));
    expect(values).toEqual({
      ...{ tokensAll: 6000, tokensMade: 3000, timeAll: 150, timeMade: 60, costAll: 0.3, costMade: 0.5 },
      // All 60 cents for the one video; its two minutes took 3,000 tokens and a minute.
      ...{ costPerVideo: 0.6, tokensPerMinute: 1500, timePerMinute: 30, paperTime: 1, paperTokens: 3 },
    });
  });

  test('what is known in part gives no quotient', () => {
    const unknown = figures(world(spent('a', 3000, 60, null)), 'efficiency-per-video');
    expect(unknown?.costPerVideo?.value).toBeNull();
    expect(unknown?.tokensPerMinute?.value).toBe(1500);
  });

  test('repairs by scope, and what was lost by cause', () => {
    expect(figures(evidence, 'repairs')).toMatchObject({
      total: { value: 6 },
      line: { value: 4 },
      block: { value: 2 },
      section: { value: 0 },
    });
    const causes = efficiency.score(evidence).find(({ id }) => id === 'causes');
    expect(
      causes?.rows.map(({ figures: own }) => [own.what?.value, own.cause?.value, own.count?.value]),
    ).toEqual([
      ['cell', 'no section rendered', 1],
      ['scene', 'exception', 1],
    ]);
  });

  test('repeats of a topic are tries: pass@1 and pass@k without bias', () => {
    const tries = (topic: string, passed: number) =>
      Array.from({ length: 4 }, (_, i) => ({
        ...spent(topic, 1, 1, 0, i < passed ? 'ok' : 'method_failed'),
        id: `${topic}${i}`,
        repeat: i,
      }));
    const found = figures(world(...tries('a', 2), ...tries('b', 0)), 'pass');
    expect(found).toMatchObject({ k: { value: 4 }, pass1: { value: 0.25 }, passK: { value: 0.5 } });
  });
});

test('less is better: the cheaper method has rank 1', async () => {
  const { comparisonTables } = await import('../comparison/tables.ts');
  const topics = Array.from({ length: 30 }, (_, i) => `t${i}`);
  const cells = topics.flatMap((topic, i) => [
    { ...spent(topic, 1, 1, 0.1 + 0.001 * (i % 7)), methodId: 'm' },
    { ...spent(topic, 1, 1, 0.3 + 0.001 * (i % 5)), id: `n-${topic}`, methodId: 'n' },
  ]);
  const evidence = { ...world(...cells), methods: [method('m'), method('n')] };
  const tables = comparisonTables(efficiency.compares?.(evidence) ?? [], evidence);
  const ranks = tables
    .find(({ id }) => id === 'ranking-efficiency-cost')
    ?.rows.map(({ label, figures: own }) => [label, own.ranks?.value]);
  expect(ranks).toEqual([
    ['m', '1'],
    ['n', '2'],
  ]);
  const [pair] = tables.find(({ id }) => id === 'comparison-efficiency-cost')?.rows ?? [];
  expect(pair?.figures.verdict?.value).toMatch(/^n has 19\.9 US cents more than m and is worse/);
});
