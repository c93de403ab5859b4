import { describe, expect, test } from 'vitest';
import { compareAesthetics } from '../aesthetics/compare.ts';
import { paperDimensions } from '../aesthetics/rubrics.ts';
import { cell, emptyLedger, method } from '../evidence.fixture.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import { Random } from '../statistics/random.ts';
import { comparisonTables, usualComparison } from './tables.ts';

/** One judge's score of 20 in every dimension of each cell; `null` is no judgement. */
function world(
  means: Readonly<Record<string, number>>,
  { topics = 60, clusterSize = 1, missing = (_: string, topic: number) => topic < 0, scripted = '' } = {},
): Evidence {
  const random = new Random(5);
  const ids = Array.from({ length: topics }, (_, i) => `t${i}`);
  const cells = Object.keys(means).flatMap((id) => ids.map((topic) => cell(id, topic)));
  const measurements = cells.map((one): MeasurementResult => {
    const topic = Number(one.topicId.slice(1));
    // Topics are hard or easy for all methods alike.
    const score = (means[one.methodId] ?? 0) + 3 * Math.sin(topic) + 2 * (random.unit() - 0.5);
    const none = missing(one.methodId, topic);
    return {
      ...{
        slot: one.id,
        metric: 'aesthetics',
        arm: null,
        topicId: one.topicId,
        cellId: one.id,
        endpoint: 'judge',
      },
      ...{
        prompt: 'aesthetics/paper',
        reason: null,
        scripted: one.methodId === scripted,
        answers: [],
        ledger: emptyLedger,
      },
      status: none ? 'judge_error' : 'ok',
      ...(none
        ? {}
        : {
            judgement: Object.fromEntries(
              paperDimensions.map((name) => [name, { score, reason: '', timeS: null }]),
            ),
          }),
    };
  });
  return {
    methods: Object.keys(means).map((id) => method(id, id === scripted)),
    topics: ids.map((id, i) => ({ id, title: id, category: '', cluster: `c${Math.floor(i / clusterSize)}` })),
    ...{ cells, measurements },
  };
}

const tablesOf = (evidence: Evidence) => comparisonTables(compareAesthetics(evidence), evidence);
const pairsOf = (evidence: Evidence) => tablesOf(evidence)[1]?.rows ?? [];

describe('comparisons', () => {
  test('recover a planted difference within its interval, and say it in a sentence', () => {
    const [row] = pairsOf(world({ a: 12, b: 10 }));
    const [low = Number.NaN, high = Number.NaN] = String(row?.figures.interval?.value)
      .split(' to ')
      .map(Number);
    // Two of twenty are ten of a hundred.
    expect(low).toBeLessThan(10);
    expect(high).toBeGreaterThan(10);
    expect(row?.figures.verdict?.value).toMatch(
      /^a has \d+\.\d points more than b and is better \(95 % interval .* 60 topics in 60 clusters, p < 0.001\)\.$/,
    );
  });

  test('equal methods are not told apart and share a letter; a better one has rank 1', () => {
    const [ranking] = tablesOf(world({ a: 12, b: 10, c: 10 }));
    const places = ranking?.rows.map(({ figures }) => [figures.ranks?.value, figures.letters?.value]);
    expect(places).toEqual([
      ['1', 'a'],
      ['2–3', 'b'],
      ['2–3', 'b'],
    ]);
    expect(pairsOf(world({ b: 10, c: 10 }))[0]?.figures.verdict?.value).toMatch(
      /^b and c are not told apart/,
    );
  });

  test('near-duplicate topics are one cluster: sixty topics in twelve groups claim nothing', () => {
    const evidence = world({ a: 12, b: 10 }, { clusterSize: 5 });
    expect(pairsOf(evidence)[0]?.figures.verdict?.value).toMatch(
      /^No claim: 12 clusters of topics are fewer than 20\./,
    );
    const [ranking] = tablesOf(evidence);
    expect(ranking?.rows.map(({ figures }) => figures.ranks?.value)).toEqual([null, null]);
  });

  test('missing values are told, with the bounds that they leave, and too many of them forbid a claim', () => {
    const some = world({ a: 12, b: 10 }, { missing: (id, topic) => id === 'a' && topic < 4 });
    expect(pairsOf(some)[0]?.figures).toMatchObject({ topics: { value: 56 }, missing: { value: '4, 0' } });
    const many = world({ a: 12, b: 10 }, { missing: (id, topic) => id === 'a' && topic < 12 });
    expect(pairsOf(many)[0]?.figures.verdict?.value).toMatch(
      /^No claim: values of 12 topics are missing, more than 10 %/,
    );
    const [low = 0, high = 0] = String(pairsOf(many)[0]?.figures.bounds?.value)
      .replaceAll('−', '-')
      .split(' to ')
      .map(Number);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(15);
  });

  test('a scripted method takes part in none', () => {
    expect(tablesOf(world({ a: 12, b: 10 }, { scripted: 'b' }))).toEqual([]);
    const three = tablesOf(world({ a: 12, b: 10, c: 9 }, { scripted: 'b' }));
    expect(three[0]?.rows.map(({ label }) => label)).toEqual(['a', 'c']);
    expect(three[1]?.rows).toHaveLength(1);
  });

  test('how few clusters forbid a claim is the config’s to say', () => {
    const evidence = world({ a: 12, b: 10 }, { clusterSize: 5 });
    const [, pairs] = comparisonTables(compareAesthetics(evidence), evidence, {
      ...usualComparison,
      fewestClusters: 10,
    });
    expect(pairs?.rows[0]?.figures.verdict?.value).toMatch(/^a has .* and is better/);
  });
});
