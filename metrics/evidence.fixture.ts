import type { AnswerResult, CellResult, MeasurementResult, MethodResult } from './evidence.ts';

/** A ledger of nothing. */
export const emptyLedger: CellResult['ledger'] = {
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
export function answers(text: string): AnswerResult[] {
  return [...text].map((sign, i) => ({
    ...{ questionId: `q${i}`, stem: '', options: ['a', 'b', 'c', 'd'], key: 'A', needs: 'text', reply: null },
    ...readingOf(sign),
  }));
}

function readingOf(sign: string): Pick<AnswerResult, 'reading' | 'correct'> {
  if (sign === '.') return { reading: null, correct: null };
  if (sign === '-') return { reading: { kind: 'abstain' }, correct: false };
  if (sign === '?') return { reading: { kind: 'invalid' }, correct: false };
  return { reading: { kind: 'letter', letter: sign }, correct: sign === 'A' };
}

export const method = (id: string, scripted = false): MethodResult => ({
  ...{ id, label: id, method: id, version: '1', settings: {}, roles: [], scripted },
});

export const cell = (methodId: string, topicId: string, status: CellResult['status'] = 'ok'): CellResult => ({
  ...{ id: `${methodId}-${topicId}`, methodId, topicId, repeat: 0, status, reason: null },
  ...{
    video: ['ok', 'partial'].includes(status) ? 'v.mp4' : null,
    videoFacts: null,
    files: [],
    sections: [],
    sandbox: null,
  },
  ...{ ledger: emptyLedger, timeS: 0 },
});

/** A measurement of TeachQuiz by the student called `student`. */
export const taken = (
  arm: string,
  topicId: string,
  cellId: string | null,
  text: string,
  order = 'seed-1',
): MeasurementResult => ({
  ...{ slot: `${arm}-${topicId}-${cellId}-${order}`, metric: 'teachquiz', arm, topicId, cellId, order },
  ...{
    endpoint: 'student',
    status: 'ok',
    reason: null,
    scripted: false,
    answers: answers(text),
    ledger: emptyLedger,
  },
});
