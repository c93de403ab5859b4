import { describe, expect, test } from 'vitest';
import { cell, emptyLedger, method } from '../evidence.fixture.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import { readJudgement } from './grammar.ts';
import { overall, promptOf, type RubricName, rubricNames, rubricOf, rubrics } from './rubrics.ts';
import { scoreAesthetics } from './score.ts';

const judged = (
  rubric: RubricName,
  endpoint: string,
  methodId: string,
  scores: readonly number[],
  model = '',
): MeasurementResult => ({
  ...{
    slot: `${endpoint}${methodId}`,
    metric: 'aesthetics',
    arm: null,
    topicId: 't',
    cellId: `${methodId}-t`,
    endpoint,
    model,
  },
  ...{
    prompt: promptOf(rubric),
    status: 'ok',
    reason: null,
    scripted: false,
    answers: [],
    ledger: emptyLedger,
  },
  judgement: Object.fromEntries(
    rubrics[rubric].dimensions.map((name, i) => [
      name,
      { score: scores[i] ?? scores[0] ?? 0, reason: '', timeS: null },
    ]),
  ),
});

const world = (
  measurements: MeasurementResult[],
  models: Readonly<Record<string, string>> = { m: '' },
): Evidence => ({
  methods: Object.entries(models).map(([id, model]) => ({
    ...method(id),
    roles: [
      { role: 'coder', endpoint: 'e', model, servedModels: [], scripted: false, usageSource: 'endpoint' },
    ],
  })),
  topics: [{ id: 't', title: 't', category: '' }],
  cells: Object.keys(models).map((id) => cell(id, 't')),
  measurements,
});

describe('a rubric', () => {
  test('is known by its template, and a record without one is the paper’s', () => {
    for (const name of rubricNames) expect(rubricOf(promptOf(name))).toBe(name);
    expect(rubricOf(undefined)).toBe('paper');
  });

  test('of TheoremExplainBench goes from 1 to 5, and its whole is a geometric mean as a share of 5', () => {
    expect(
      readJudgement(
        '{"accuracy_depth": 0, "visual_relevance": 3, "logic_flow": 3, "element_layout": 3, "visual_consistency": 3}',
        rubrics.theorem_explain_bench,
      ),
    ).toMatchObject({ ok: false });
    const [table] = scoreAesthetics(world([judged('theorem_explain_bench', 'j', 'm', [1, 2, 4, 4, 4])]));
    expect(table?.rows[0]?.figures.accuracyDepth?.value).toBeCloseTo(0.2, 12);
    expect(table?.rows[0]?.figures.average?.value).toBeCloseTo((0.2 * 0.4 * 0.8 * 0.8 * 0.8) ** 0.2, 12);
  });

  test('a 0 in one dimension makes a geometric mean 0, and a proxy has no mean', () => {
    expect(overall({ mean: 'geometric' }, [0, 1, 1])).toBe(0);
    expect(overall({ mean: null }, [1, 1])).toBeNull();
  });

  test('of a proxy has a table of its own, without the dimensions that need understanding', () => {
    const tables = scoreAesthetics(
      world([judged('measured', 'proxy', 'm', [10, 20]), judged('paper', 'vlm', 'm', [12])]),
    );
    expect(tables.map(({ id }) => id)).toEqual(['aesthetics', 'aesthetics-measured']);
    expect(tables[1]?.columns.map(({ key }) => key)).toEqual(['judge', 'elementLayout', 'visualConsistency']);
    expect(tables[0]?.rows.map(({ figures }) => figures.judge?.value)).toEqual(['vlm']);
  });
});

test('a judge that gives its own maker’s models more shows in the table of makers', () => {
  const models = { a: 'gpt-5', b: 'claude-opus-4-1' };
  const tables = scoreAesthetics(
    world(
      [
        ...[judged('paper', 'j1', 'a', [18], 'gpt-5-mini'), judged('paper', 'j1', 'b', [10], 'gpt-5-mini')],
        ...[
          judged('paper', 'j2', 'a', [12], 'gemini-3-pro'),
          judged('paper', 'j2', 'b', [12], 'gemini-3-pro'),
        ],
      ],
      models,
    ),
  );
  const makers = tables.find(({ id }) => id === 'judge-families');
  expect(makers?.columns.map(({ label }) => label)).toEqual(['Maker', 'j1 (OpenAI)', 'j2 (Google)']);
  expect(
    makers?.rows.map(({ label, figures }) => [label, figures.judge0?.value, figures.judge1?.value]),
  ).toEqual([
    ['Anthropic', 50, 60],
    ['OpenAI', 90, 60],
  ]);
});
