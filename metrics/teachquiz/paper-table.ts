import { points, share, text } from '../columns.ts';
import type { Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Figure, Table } from '../table.ts';
import { cellScores } from './cell-scores.ts';
import type { Readings } from './readings.ts';

/** The table of `protocol: paper`: one row per method and student. */
export function paperTable(evidence: Evidence, readings: Readings): Table {
  return {
    id: 'teachquiz',
    title: 'TeachQuiz, protocol paper',
    caption:
      'Accuracy of the student per topic, averaged over topics; NULL and invalid answers are wrong, options in the file’s order. Gain is the video arm minus the unlearned arm, in points. A cell whose method failed shows the unlearned arm and gains 0; cells lost to failures of ours are in no mean.',
    columns: [
      text('student', 'Student'),
      share('baseline', 'Baseline', 'no unlearning prompt, no video'),
      share('unlearned', 'Unlearned', 'told to unlearn, no video'),
      share('video', 'Video', 'told to unlearn, then shown the video'),
      points('gain', 'Gain', 'video - unlearned'),
      points('gainGivenVideo', 'Gain given a video', 'the same over cells with a video only'),
      points('gainOverBaseline', 'Gain over baseline', 'video - baseline'),
      share('abstained', 'Abstained', 'share of NULL answers in the video arm'),
    ],

    rows: evidence.methods.flatMap((method) =>
      readings.students.map((student) => row(evidence, readings, method, student)),
    ),
  };
}

function row(
  evidence: Evidence,
  readings: Readings,
  method: MethodResult,
  student: string,
): Table['rows'][number] {
  const scores = cellScores(evidence, readings, method, student);
  const scripted = method.scripted || readings.isScripted(student);
  const figure = (values: readonly (number | null | undefined)[]): Figure =>
    meanFigure(
      values.map((value) => value ?? null),
      scripted,
    );
  return {
    methodId: method.id,
    label: method.label,
    figures: {
      student: { value: student, n: null },
      baseline: figure(scores.map(({ arms }) => arms.get('baseline'))),
      unlearned: figure(scores.map(({ arms }) => arms.get('unlearned'))),
      video: figure(scores.map(({ arms }) => arms.get('video'))),
      gain: figure(scores.map(({ gains }) => gains.get('unlearned'))),
      gainGivenVideo: figure(
        scores.filter(({ hasVideo }) => hasVideo).map(({ gains }) => gains.get('unlearned')),
      ),
      gainOverBaseline: figure(scores.map(({ gains }) => gains.get('baseline'))),
      abstained: figure(scores.filter(({ hasVideo }) => hasVideo).map(({ abstained }) => abstained)),
    },
  };
}
