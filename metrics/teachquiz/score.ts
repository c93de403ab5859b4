import type { CellResult, Evidence, MeasurementResult, MethodResult } from '../evidence.ts';
import { mean, meanFigure } from '../means.ts';
import type { Figure, Table } from '../table.ts';
import { scoreByCue } from './cues.ts';

/** Accuracy of one arm in [0, 1]; `null` unless each of its questions has a reading. Abstain and invalid are wrong. */
export function accuracy(measurement: MeasurementResult | undefined): number | null {
  if (measurement === undefined || measurement.answers.length === 0) return null;
  if (measurement.answers.some((answer) => answer.reading === null)) return null;
  return mean(measurement.answers.map((answer) => (answer.correct ? 1 : 0)));
}

/** One cell's scores for one student; gains in [-1, 1], all `null` where an arm is not known. */
export interface CellScore {
  cell: CellResult;
  baseline: number | null;
  unlearned: number | null;
  /** A missing video shows the unlearned arm: it taught nothing. */
  video: number | null;
  gain: number | null;
  gainOverBaseline: number | null;
  abstained: number | null;
  hasVideo: boolean;
}

/**
 * TeachQuiz of each cell (paper eq. 2 and appendix A.1.1): gain = video - unlearned over the same questions.
 * A method's own failure: the gain of its missing video is 0 in both comparisons. A failure of ours is `null`.
 */
export function cellScores(evidence: Evidence, method: MethodResult, student: string): CellScore[] {
  const mine = evidence.measurements.filter((m) => m.metric === 'teachquiz' && m.endpoint === student);
  const shared = (arm: string, topicId: string) =>
    accuracy(mine.find((m) => m.arm === arm && m.topicId === topicId && m.cellId === null));
  return evidence.cells
    .filter((cell) => cell.methodId === method.id)
    .map((cell) => {
      const baseline = shared('baseline', cell.topicId);
      const unlearned = shared('unlearned', cell.topicId);
      const failed = cell.status === 'method_failed' || cell.status === 'refused';
      const measurement = mine.find((m) => m.arm === 'video' && m.cellId === cell.id);
      const video = failed ? unlearned : accuracy(measurement);
      const abstentions = measurement?.answers.filter((a) => a.reading?.kind === 'abstain').length;
      return {
        cell,
        baseline,
        unlearned,
        video,
        gain: difference(video, unlearned),
        gainOverBaseline: failed ? (baseline === null ? null : 0) : difference(video, baseline),
        abstained: failed || accuracy(measurement) === null ? null : ratio(abstentions, measurement),
        hasVideo: cell.video !== null,
      };
    });
}

const difference = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
const ratio = (part: number | undefined, whole: MeasurementResult | undefined) =>
  part === undefined || whole === undefined ? null : part / whole.answers.length;

/** The TeachQuiz table: one row per method and student. */
export function scoreTeachQuiz(evidence: Evidence): Table[] {
  const mine = evidence.measurements.filter((m) => m.metric === 'teachquiz');
  // Whether a student is scripted shows in the arms that no method has a hand in.
  const students = [...new Set(mine.map((m) => m.endpoint))].map((student): [string, boolean] => [
    student,
    mine.some((m) => m.endpoint === student && m.cellId === null && m.scripted),
  ]);
  if (students.length === 0) return [];
  return [
    {
      id: 'teachquiz',
      title: 'TeachQuiz, protocol paper',
      caption:
        'Accuracy of the student per topic, averaged over topics; NULL and invalid answers are wrong, options in the file’s order. Gain is the video arm minus the unlearned arm, in points. A cell whose method failed shows the unlearned arm and gains 0; cells lost to failures of ours are in no mean.',
      columns: [
        { key: 'student', label: 'Student', format: 'text', align: 'left' },
        {
          key: 'baseline',
          label: 'Baseline',
          format: 'percent',
          align: 'right',
          help: 'no unlearning prompt, no video',
        },
        {
          key: 'unlearned',
          label: 'Unlearned',
          format: 'percent',
          align: 'right',
          help: 'told to unlearn, no video',
        },
        {
          key: 'video',
          label: 'Video',
          format: 'percent',
          align: 'right',
          help: 'told to unlearn, then shown the video',
        },
        {
          key: 'gain',
          label: 'Gain',
          unit: 'points',
          format: 'points',
          align: 'right',
          help: 'video - unlearned',
        },
        {
          key: 'gainGivenVideo',
          label: 'Gain given a video',
          unit: 'points',
          format: 'points',
          align: 'right',
          help: 'the same over cells with a video only',
        },
        {
          key: 'gainOverBaseline',
          label: 'Gain over baseline',
          unit: 'points',
          format: 'points',
          align: 'right',
          help: 'video - baseline',
        },
        {
          key: 'abstained',
          label: 'Abstained',
          format: 'percent',
          align: 'right',
          help: 'share of NULL answers in the video arm',
        },
      ],
      rows: evidence.methods.flatMap((method) =>
        students.map(([student, scripted]) => row(evidence, method, student, scripted || method.scripted)),
      ),
    },
    scoreByCue(evidence, students),
  ];
}

function row(
  evidence: Evidence,
  method: MethodResult,
  student: string,
  scripted: boolean,
): Table['rows'][number] {
  const scores = cellScores(evidence, method, student);
  const figure = (values: readonly (number | null)[]): Figure => meanFigure(values, scripted);
  return {
    methodId: method.id,
    label: method.label,
    figures: {
      student: { value: student, n: null },
      baseline: figure(scores.map((s) => s.baseline)),
      unlearned: figure(scores.map((s) => s.unlearned)),
      video: figure(scores.map((s) => s.video)),
      gain: figure(scores.map((s) => s.gain)),
      gainGivenVideo: figure(scores.filter((s) => s.hasVideo).map((s) => s.gain)),
      gainOverBaseline: figure(scores.map((s) => s.gainOverBaseline)),
      abstained: figure(scores.filter((s) => s.hasVideo).map((s) => s.abstained)),
    },
  };
}
