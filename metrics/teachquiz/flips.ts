import { share, text, whole } from '../columns.ts';
import type { AnswerResult, CellResult, Evidence } from '../evidence.ts';
import type { Table } from '../table.ts';
import { armAnswers, type Readings } from './readings.ts';

/** What became of a question between two arms. */
export const flips = ['learned', 'lost', 'known before', 'never'] as const;
export type Flip = (typeof flips)[number];

export function flipOf(before: boolean, after: boolean): Flip {
  if (before) return after ? 'known before' : 'lost';
  return after ? 'learned' : 'never';
}

/**
 * Each question of a cell in each order, from the arm without the video to the arm with it: `no_video` under strict,
 * `unlearned` under paper. `null` where one of both is not known.
 */
export function cellFlips(
  readings: Readings,
  student: string,
  cell: CellResult,
  before: string,
): { question: string; flip: Flip }[] | null {
  const keyOf = (order: string | undefined, { questionId }: AnswerResult) => `${order} ${questionId}`;
  const [shared, own] = [readings.of(student, before, cell), readings.of(student, 'video', cell)];
  if (armAnswers(shared) === null || armAnswers(own) === null) return null;
  const known = new Map(
    shared.flatMap(({ order, answers }) =>
      answers.map((a) => [keyOf(order, a), a.correct === true] as const),
    ),
  );
  return own.flatMap(({ order, answers }) =>
    answers.map((a) => ({
      question: a.questionId,
      flip: flipOf(known.get(keyOf(order, a)) ?? false, a.correct === true),
    })),
  );
}

/** How many questions were learned and lost, over cells with a video. */
export function flipTable(evidence: Evidence, readings: Readings): Table {
  const before = evidence.protocol === 'strict' ? 'no_video' : 'unlearned';
  return {
    id: 'teachquiz-flips',
    title: 'Questions learned and lost',
    detail: true,
    caption: `Each question, in each order in which it was asked, from the arm ${before === 'no_video' ? 'without a video' : 'unlearned'} to the arm with the video, over cells that have one.`,
    columns: [
      text('student', 'Student'),
      whole('asked', 'Asked', 'questions times orders'),
      ...flips.map((flip) => share(flip, flip[0]?.toUpperCase() + flip.slice(1), flipWords[flip])),
    ],
    rows: evidence.methods.flatMap((method) =>
      readings.students.map((student) => {
        const cells = evidence.cells.filter((cell) => cell.methodId === method.id && cell.video !== null);
        const found = cells.map((cell) => cellFlips(readings, student, cell, before));
        const known = found.flatMap((one) => one ?? []);
        const n = found.filter((one) => one !== null).length;
        const scripted = method.scripted || readings.isScripted(student);
        const part = (flip: Flip) => known.filter((one) => one.flip === flip).length;
        const marked = scripted ? { scripted } : {};
        return {
          ...{ methodId: method.id, label: method.label },
          figures: {
            student: { value: student, n: null },
            asked: { value: known.length, n },
            ...Object.fromEntries(
              flips.map((flip) => [
                flip,
                { value: known.length === 0 ? null : part(flip) / known.length, n, ...marked },
              ]),
            ),
          },
        };
      }),
    ),
  };
}

const flipWords: Readonly<Record<Flip, string>> = {
  learned: 'wrong before, right with the video',
  lost: 'right before, wrong with the video',
  'known before': 'right before and with the video',
  never: 'wrong before and with the video',
};
