import { describe, expect, it } from 'vitest';
import { cell, emptyLedger as ledger, method } from '../evidence.fixture.ts';
import type { CellResult, Evidence, MeasurementResult } from '../evidence.ts';
import { rubrics } from './rubrics.ts';
import { scoreAesthetics } from './score.ts';

const made = (topic: string, status: CellResult['status']) => cell('m', topic, status);

/** A judgement with one score, of 20, in each dimension. */
const judged = (topicId: string, endpoint: string, score: number | null): MeasurementResult => ({
  ...{
    slot: `${topicId}${endpoint}${score}`,
    metric: 'aesthetics',
    arm: null,
    topicId,
    cellId: `m-${topicId}`,
    endpoint,
  },
  ...{ status: score === null ? 'judge_error' : 'ok', reason: null, scripted: false, answers: [], ledger },
  ...(score !== null && {
    judgement: Object.fromEntries(
      rubrics.paper.dimensions.map((name) => [name, { score, reason: 'r', timeS: null }]),
    ),
  }),
});

const evidence = (cells: CellResult[], measurements: MeasurementResult[]): Evidence => ({
  methods: [method('m')],
  topics: cells.map(({ topicId: id }) => ({ id, title: id, category: '' })),
  cells,
  measurements,
});

describe('the aesthetics of a method', () => {
  const cells = [made('a', 'ok'), made('b', 'ok'), made('c', 'method_failed'), made('d', 'infra_error')];
  const [table, apart] = scoreAesthetics(
    evidence(cells, [
      judged('a', 'one', 10),
      judged('a', 'one', 14),
      judged('b', 'one', 20),
      judged('a', 'two', 16),
      judged('b', 'two', null),
    ]),
  );
  const figures = (judge: number) => table?.rows[judge]?.figures;

  it('is its scores times five; a failure of its own has 0, one of ours is in no mean', () => {
    // (60 + 100 + 0) / 3, over three cells.
    expect(figures(0)?.average).toMatchObject({ value: 160 / 3, n: 3, note: '1 of 4 without a judgement' });
    expect(figures(0)?.logicFlow).toMatchObject({ value: 160 / 3, n: 3 });
    expect(figures(0)?.givenVideo).toMatchObject({ value: 80, n: 2 });
  });

  it('a reply that was no judgement is in no mean, and is never 0', () => {
    expect(figures(1)?.givenVideo).toMatchObject({ value: 80, n: 1, note: '1 of 2 without a judgement' });
  });

  it('tells how far a judge is from itself, and judges are from one another', () => {
    // 50 and 70 of one video: 20 / sqrt(2).
    expect(figures(0)?.within?.value).toBeCloseTo(20 / Math.SQRT2, 10);
    // 60 and 80 of the one video that both have judged.
    expect(apart?.rows[0]?.figures.between?.value).toBeCloseTo(20 / Math.SQRT2, 10);
  });
});
