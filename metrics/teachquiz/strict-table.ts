import { points, share, text } from '../columns.ts';
import { clustersOf, type Evidence, type MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import { usualFamily } from '../statistics/family.ts';
import type { Figure, Table } from '../table.ts';
import { factsOf } from './arms.ts';
import { cellScores } from './cell-scores.ts';
import { type HonestGain, honestGain } from './honest-gain.ts';
import type { Readings } from './readings.ts';

/** The table of `protocol: strict`: one row per method and student. */
export function strictTable(evidence: Evidence, readings: Readings): Table {
  return {
    id: 'teachquiz',
    title: 'TeachQuiz, protocol strict',
    caption:
      'Honest gain is the video arm minus the best control: the control arm with the highest mean over all topics for that student and method, chosen again in each draw of the interval. Options are shuffled; abstaining and invalid answers are wrong. A cell whose method failed gains 0 and shows the arm without a video.',
    columns: [
      text('student', 'Student'),
      share('video', 'Video', 'accuracy, told to unlearn, then shown the video'),
      share('controlAccuracy', 'Best control', 'accuracy of the best control over the same topics'),
      text('control', 'Which', 'the control with the highest mean'),
      points('gain', 'Honest gain', 'video - best control'),
      text(
        'interval',
        '95 % interval',
        `bootstrap-t over clusters of topics; below ${usualFamily.fewestClusters} clusters nothing is claimed`,
      ),
      points(
        'normalised',
        'Normalised',
        'honest gain as a share of what the control left to gain; none where it is at 100 %',
      ),
      points('gainGivenVideo', 'Given a video', 'the honest gain over cells with a video only'),
      share('abstained', 'Abstained', 'share of abstentions in the video arm'),
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
  const clusterOf = clustersOf(evidence.topics);
  const scores = cellScores(evidence, readings, method, student);
  const made = scores.filter(({ hasVideo }) => hasVideo);
  const scripted = method.scripted || readings.isScripted(student);
  const all = honestGain(scores, clusterOf, !scripted);
  const given = honestGain(made, clusterOf, false);
  const figure = (of: HonestGain | null, value: number | null | undefined, why?: string): Figure => ({
    value: value ?? null,
    n: of?.topics ?? 0,
    ...(why === undefined ? {} : { note: why }),
    ...(scripted ? { scripted } : {}),
  });
  const topics = new Set(scores.map(({ cell }) => cell.topicId)).size;
  const left = topics - (all?.topics ?? 0);
  const missing = left === 0 ? undefined : `${left} of ${topics} topics not known`;
  return {
    methodId: method.id,
    label: method.label,
    figures: {
      student: { value: student, n: null },
      video: meanFigure(
        scores.map(({ arms }) => arms.get('video') ?? null),
        scripted,
      ),
      controlAccuracy: figure(all, all?.controlAccuracy),
      control: { value: all === null ? null : (factsOf(all.control)?.label ?? all.control), n: null },
      gain: figure(all, all?.gain, missing),
      interval: { value: scripted ? null : intervalOf(all), n: null },
      normalised: figure(
        all,
        all?.normalised,
        all !== null && all.normalised === null ? 'the control leaves nothing to gain' : undefined,
      ),
      gainGivenVideo: figure(given, given?.gain),
      abstained: meanFigure(
        made.map(({ abstained }) => abstained),
        scripted,
      ),
    },
  };
}

/** In points of 100; an end that is not bounded is said so. */
function intervalOf(all: HonestGain | null): string | null {
  const found = all?.interval;
  if (!found) return null;
  const end = (value: number) =>
    Number.isFinite(value) ? (100 * value).toFixed(1).replace('-', '−') : value < 0 ? '−∞' : '∞';
  return `${end(found.low)} to ${end(found.high)}`;
}
