import { decimal, points, share, text } from '../columns.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Table } from '../table.ts';
import { type Arm, armFacts, armNames } from './arms.ts';
import { armAccuracy, armAnswers, type Readings, shareOf } from './readings.ts';

/** Each arm by itself, as it was measured: a video that was never made stands for nothing here. */
export function armTable(evidence: Evidence, readings: Readings): Table {
  return {
    id: 'teachquiz-arms',
    title: 'TeachQuiz by arm',
    detail: true,
    caption: `Each arm as it was measured: missing videos stand for nothing. Reference arms show what the student knows, control arms what it can do without the video’s content, decompositions what a part of the video gives. ${savedWords(evidence, readings)}`,
    columns: [
      text('student', 'Student'),
      text('arm', 'Arm'),
      text('kind', 'Kind'),
      share('accuracy', 'Accuracy', 'abstaining and invalid answers are wrong'),
      points(
        'overUnlearned',
        'Over unlearned',
        'accuracy minus the unlearned arm of the same topics: the paper’s table 5',
      ),
      points(
        'overChance',
        'Over chance',
        'accuracy minus that of guessing among the options: the blind gap of an arm without the video',
      ),
      ...(readings.arms.includes('text_only')
        ? [points('visualGain', 'Visual gain', 'the whole video minus its texts alone')]
        : []),
      share('abstained', 'Abstained', 'share of answers that say they cannot tell'),
      share(
        'invalid',
        'Invalid',
        'share of complete replies that name no single option: what is left complied with the form',
      ),
      decimal('orders', 'Orders', 'orders of the options in which each question was asked'),
    ],
    rows: readings.students.flatMap((student) =>
      armNames
        .filter((arm) => readings.arms.includes(arm))
        .flatMap((arm) =>
          armFacts[arm].ofCell
            ? ofMethods(evidence, readings, student, arm)
            : [shared(evidence, readings, student, arm)],
        ),
    ),
  };
}

type Row = Table['rows'][number];

function shared(evidence: Evidence, readings: Readings, student: string, arm: Arm): Row {
  const arms = evidence.topics
    .map(({ id }) => readings.shared(student, arm, id))
    .filter(({ length }) => length > 0);
  return row(readings, null, 'All methods', student, arm, arms, readings.isScripted(student));
}

function ofMethods(evidence: Evidence, readings: Readings, student: string, arm: Arm): Row[] {
  return evidence.methods.map((method) => {
    const cells = evidence.cells.filter(({ methodId }) => methodId === method.id);
    const arms = cells.map((cell) => readings.of(student, arm, cell)).filter(isMeasured);
    const scripted = method.scripted || readings.isScripted(student);
    const own = row(readings, method.id, method.label, student, arm, arms, scripted);
    if (arm !== 'video' || !readings.arms.includes('text_only')) return own;
    const gains = cells.flatMap((cell) => {
      const [whole, texts] = [arm, 'text_only'].map((one) => armAccuracy(readings.of(student, one, cell)));
      return whole == null || texts == null ? [] : [whole - texts];
    });
    return { ...own, figures: { ...own.figures, visualGain: meanFigure(gains, scripted) } };
  });
}

/** What had nothing to be shown was skipped, not missed. */
const isMeasured = (orders: readonly MeasurementResult[]) =>
  orders.length > 0 && orders.every(({ status }) => status !== 'skipped');

function row(
  readings: Readings,
  methodId: string | null,
  label: string,
  student: string,
  arm: Arm,
  arms: readonly (readonly MeasurementResult[])[],
  scripted: boolean,
): Row {
  const figure = (of: (orders: readonly MeasurementResult[]) => number | null) =>
    meanFigure(arms.map(of), scripted);
  return {
    methodId,
    label,
    figures: {
      student: { value: student, n: null },
      arm: { value: armFacts[arm].label, n: null, note: armFacts[arm].words },
      kind: { value: armFacts[arm].kind, n: null },
      accuracy: figure(armAccuracy),
      overUnlearned: figure((orders) => overUnlearned(orders, readings)),
      overChance: figure(overChance),
      abstained: figure((orders) => shareOf(orders, 'abstain')),
      invalid: figure((orders) => shareOf(orders, 'invalid')),
      orders: { value: Math.max(0, ...arms.map(({ length }) => length)), n: null },
    },
  };
}

/** What an arm has beyond the same student without the topic and without a video. */
function overUnlearned(orders: readonly MeasurementResult[], readings: Readings): number | null {
  const [first] = orders;
  if (first === undefined) return null;
  const unlearned = armAccuracy(readings.shared(first.endpoint, 'unlearned', first.topicId));
  const accuracy = armAccuracy(orders);
  return accuracy === null || unlearned === null ? null : accuracy - unlearned;
}

/** The blind gap of an arm without the video: what it has beyond guessing. */
function overChance(orders: readonly MeasurementResult[]): number | null {
  const accuracy = armAccuracy(orders);
  const answers = armAnswers(orders);
  if (accuracy === null || answers === null) return null;
  return accuracy - answers.reduce((sum, { options }) => sum + 1 / options.length, 0) / answers.length;
}

/** How much less was asked because arms without a method's video are taken once for all cells of a topic. */
function savedWords(evidence: Evidence, readings: Readings): string {
  const mine = evidence.measurements.filter(({ metric }) => metric === 'teachquiz');
  const asked = (one: MeasurementResult) => Math.max(one.answers.length, 1);
  const total = (all: readonly MeasurementResult[]) => all.reduce((sum, one) => sum + asked(one), 0);
  const cells = Map.groupBy(evidence.cells, ({ topicId }) => topicId);
  const once = mine.filter((one) => one.arm !== null && isShared(one.arm));
  const apart = once.reduce((sum, one) => sum + asked(one) * (cells.get(one.topicId)?.length ?? 1), 0);
  const saved = apart - total(once);
  if (saved <= 0 || readings.students.length === 0) return '';
  return `Arms without a method’s video were taken once for all methods: ${total(mine)} questions were asked in place of ${total(mine) + saved}.`;
}

const isShared = (arm: string) => armNames.some((name) => name === arm && !armFacts[name].ofCell);
