import { expect, test } from 'vitest';
import type { AnswerResult, CellResult, Evidence, MeasurementResult, MethodResult } from '../evidence.ts';
import { accuracy, cellScores, scoreTeachQuiz } from './score.ts';

const ledger = {
  calls: 0,
  tokens: { input: 0, cached: 0, output: 0, reasoning: 0 },
  costUsd: 0,
  costKnownUsd: 0,
  unbilled: 0,
  media: { images: 0, videoS: 0, madeS: 0 },
  workingS: 0,
  waitingS: 0,
  renderS: 0,
  cpuS: 0,
  checks: 0,
  renders: 0,
  repairs: 0,
  byPurpose: [],
};

/** Answers to a quiz keyed A: letters, `-` abstains, `?` is invalid, `.` has no reading. */
function answers(text: string): AnswerResult[] {
  return [...text].map((sign, i) => {
    const reading =
      sign === '.'
        ? null
        : sign === '-'
          ? { kind: 'abstain' as const }
          : sign === '?'
            ? { kind: 'invalid' as const }
            : { kind: 'letter' as const, letter: sign };
    return {
      questionId: `q${i}`,
      stem: '',
      options: ['a', 'b'],
      key: 'A',
      needs: 'text',
      reply: null,
      reading,
      correct: reading === null ? null : sign === 'A',
    };
  });
}

const method: MethodResult = {
  id: 'm',
  label: 'M',
  method: 'm',
  version: '1',
  settings: {},
  roles: [],
  scripted: false,
};

const cell = (topicId: string, status: CellResult['status']): CellResult => ({
  id: `cell-${topicId}`,
  methodId: 'm',
  topicId,
  repeat: 0,
  status,
  reason: null,
  video: ['ok', 'partial'].includes(status) ? 'v.mp4' : null,
  videoFacts: null,
  files: [],
  sections: [],
  sandbox: null,
  ledger,
  timeS: 0,
});

const arm = (name: string, topicId: string, text: string, cellId: string | null): MeasurementResult => ({
  slot: `${name}-${topicId}`,
  metric: 'teachquiz',
  arm: name,
  topicId,
  cellId,
  endpoint: 'student',
  status: 'ok',
  reason: null,
  scripted: false,
  answers: answers(text),
  ledger,
});

/** One topic per line: status, baseline, unlearned, video. */
function evidence(topics: readonly [CellResult['status'], string, string, string][]): Evidence {
  const ids = topics.map((_, i) => `t${i}`);
  return {
    methods: [method],
    topics: ids.map((id) => ({ id, title: id, category: 'c' })),
    cells: topics.map(([status], i) => cell(`t${i}`, status)),
    measurements: topics.flatMap(([, baseline, unlearned, video], i) => [
      arm('baseline', `t${i}`, baseline, null),
      arm('unlearned', `t${i}`, unlearned, null),
      arm('video', `t${i}`, video, `cell-t${i}`),
    ]),
  };
}

const scoreOf = (status: CellResult['status'], baseline: string, unlearned: string, video: string) =>
  cellScores(evidence([[status, baseline, unlearned, video]]), method, 'student')[0];

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
  const scripted = { ...method, id: 'scripted', scripted: true };
  const cells = [...real.cells, { ...cell('t0', 'ok'), id: 'cell-s', methodId: 'scripted' }];
  const measurements = [...real.measurements, { ...arm('video', 't0', 'AAAA', 'cell-s'), scripted: true }];
  const [table] = scoreTeachQuiz({ ...real, methods: [method, scripted], cells, measurements });
  expect(table?.rows.map((row) => row.figures.gain?.scripted ?? false)).toEqual([false, true]);
});
