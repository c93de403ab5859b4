import { expect, test } from 'vitest';
import { cell, method, taken } from '../evidence.fixture.ts';
import type { CellResult, Evidence } from '../evidence.ts';
import { cellScores } from './cell-scores.ts';
import { accuracy, Readings } from './readings.ts';
import { scoreTeachQuiz } from './score.ts';

const plain = method('m');
const cellOf = (topicId: string, status: CellResult['status']) => cell('m', topicId, status);
const arm = (name: string, topicId: string, text: string, cellId: string | null) =>
  taken(name, topicId, cellId, text, 'file');

/** One topic per line: status, baseline, unlearned, video. */
function evidence(topics: readonly [CellResult['status'], string, string, string][]): Evidence {
  const ids = topics.map((_, i) => `t${i}`);
  return {
    methods: [plain],
    topics: ids.map((id) => ({ id, title: id, category: 'c' })),
    cells: topics.map(([status], i) => cellOf(`t${i}`, status)),
    measurements: topics.flatMap(([, baseline, unlearned, video], i) => [
      arm('baseline', `t${i}`, baseline, null),
      arm('unlearned', `t${i}`, unlearned, null),
      arm('video', `t${i}`, video, `m-t${i}`),
    ]),
  };
}

function scoreOf(status: CellResult['status'], baseline: string, unlearned: string, video: string) {
  const all = evidence([[status, baseline, unlearned, video]]);
  const [score] = cellScores(all, new Readings(all), plain, 'student');
  const gain = (name: 'baseline' | 'unlearned') => score?.gains.get(name) ?? null;
  return {
    video: score?.arms.get('video') ?? null,
    ...{ gain: gain('unlearned'), gainOverBaseline: gain('baseline'), abstained: score?.abstained ?? null },
  };
}

test('abstain and invalid are wrong, a missing reading makes the arm unknown', () => {
  expect(accuracy(arm('video', 't', 'AB-?', null))).toBe(0.25);
  expect(accuracy(arm('video', 't', 'AAA.', null))).toBeNull();
  expect(accuracy(arm('video', 't', '', null))).toBeNull();
  expect(accuracy(undefined)).toBeNull();
});

test('gain is video minus unlearned, and beside it video minus baseline', () => {
  expect(scoreOf('ok', 'AAAB', '---A', 'AAAA')).toMatchObject({ gain: 0.75, gainOverBaseline: 0.25 });
});

test('a partial video is scored as it is', () => {
  expect(scoreOf('partial', '----', '----', 'AA--')).toMatchObject({ video: 0.5, gain: 0.5, abstained: 0.5 });
});

test.each(['method_failed', 'refused'] as const)(
  'a cell that is %s shows the unlearned arm and gains 0 in both comparisons',
  (status) => {
    expect(scoreOf(status, 'AAAB', '---A', '')).toMatchObject({
      video: 0.25,
      gain: 0,
      gainOverBaseline: 0,
      abstained: null,
    });
  },
);

test.each(['infra_error', 'planned'] as const)('a cell that is %s has no score at all', (status) => {
  expect(scoreOf(status, 'AAAB', '---A', '')).toMatchObject({
    video: null,
    gain: null,
    gainOverBaseline: null,
  });
});

test('the table averages what is known and says of how many', () => {
  const [table] = scoreTeachQuiz(
    evidence([
      ['ok', '----', '----', 'AAAA'],
      ['method_failed', '----', '----', ''],
      ['infra_error', '----', '----', ''],
    ]),
  );
  expect(table?.rows[0]?.figures).toMatchObject({
    gain: { value: 0.5, n: 2, note: '1 of 3 not known' },
    gainGivenVideo: { value: 1, n: 1 },
    unlearned: { value: 0, n: 3 },
  });
});

test('a scripted method beside it does not make a real method scripted', () => {
  const real = evidence([['ok', '----', '----', 'AAAA']]);
  const scripted = method('scripted', true);
  const cells = [...real.cells, cell('scripted', 't0')];
  const measurements = [
    ...real.measurements,
    { ...arm('video', 't0', 'AAAA', 'scripted-t0'), scripted: true },
  ];
  const [table] = scoreTeachQuiz({ ...real, methods: [plain, scripted], cells, measurements });
  expect(table?.rows.map((row) => row.figures.gain?.scripted ?? false)).toEqual([false, true]);
});
