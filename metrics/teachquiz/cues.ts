import type { AnswerResult, CellResult, Evidence, MeasurementResult, MethodResult } from '../evidence.ts';
import { mean } from '../means.ts';
import type { Figure, Table } from '../table.ts';

/** Accuracy in [0, 1] where length gives the key away, where it does not, and the mean of both, weighted equally. */
export interface Stratified {
  keyLongest: number | null;
  keyNotLongest: number | null;
  /** `null` when one of the strata is empty. */
  stratified: number | null;
}

/** Stratifies answers by whether the key is (one of) the longest options as shown. All of them have a reading. */
export function stratify(answers: readonly AnswerResult[]): Stratified {
  const cued = Map.groupBy(answers, keyIsLongest);
  const [keyLongest, keyNotLongest] = [true, false].map((side) =>
    mean((cued.get(side) ?? []).map(({ correct }) => (correct ? 1 : 0))),
  );
  const known = [keyLongest, keyNotLongest].filter((share) => share !== null && share !== undefined);
  return {
    keyLongest: keyLongest ?? null,
    keyNotLongest: keyNotLongest ?? null,
    stratified: known.length === 2 ? mean(known) : null,
  };
}

function keyIsLongest({ options, key }: AnswerResult): boolean {
  const lengths = options.map(({ length }) => length);
  return lengths[key.charCodeAt(0) - 65] === Math.max(...lengths);
}

/** The answers of an arm; `null` unless each of its questions has a reading. */
function answersOf(measurement: MeasurementResult | undefined): readonly AnswerResult[] | null {
  if (measurement === undefined || measurement.answers.length === 0) return null;
  return measurement.answers.some(({ reading }) => reading === null) ? null : measurement.answers;
}

interface Arms {
  baseline: readonly AnswerResult[] | null;
  unlearned: readonly AnswerResult[] | null;
  video: readonly AnswerResult[] | null;
}

function armsOf(evidence: Evidence, cell: CellResult, student: string): Arms {
  const mine = evidence.measurements.filter((m) => m.metric === 'teachquiz' && m.endpoint === student);
  const of = (arm: string, cellId: string | null) =>
    answersOf(mine.find((m) => m.arm === arm && m.cellId === cellId && m.topicId === cell.topicId));
  const unlearned = of('unlearned', null);
  const failed = cell.status === 'method_failed' || cell.status === 'refused';
  return { baseline: of('baseline', null), unlearned, video: failed ? unlearned : of('video', cell.id) };
}

/** Accuracies of TeachQuiz stratified by the length cue, pooled over the questions of all cells. */
export function scoreByCue(evidence: Evidence, students: readonly (readonly [string, boolean])[]): Table {
  return {
    id: 'teachquiz-cues',
    title: 'TeachQuiz without the length cue',
    detail: true,
    caption:
      'Accuracy over all questions, apart for those whose key is (one of) the longest options and those whose key is not; stratified is the mean of both, weighted equally. A student that answers by length alone shows 50 % here, not the share of long keys.',
    columns: [
      { key: 'student', label: 'Student', format: 'text', align: 'left' },
      share('baseline', 'Baseline, stratified', 'no unlearning prompt, no video'),
      share('unlearned', 'Unlearned, stratified', 'told to unlearn, no video'),
      share('videoLongest', 'Video, key longest', 'only questions whose key is one of the longest options'),
      share('videoNotLongest', 'Video, key not longest', 'only questions with a longer distractor'),
      share('video', 'Video, stratified', 'the mean of the two before it'),
      {
        key: 'gain',
        label: 'Gain, stratified',
        unit: 'points',
        format: 'points',
        align: 'right',
        help: 'video - unlearned, both stratified, over cells where both are known',
      },
    ],
    rows: evidence.methods.flatMap((method) =>
      students.map(([student, scripted]) => row(evidence, method, student, scripted || method.scripted)),
    ),
  };
}

function share(key: string, label: string, help: string): Table['columns'][number] {
  return { key, label, format: 'percent', align: 'right', help };
}

function row(
  evidence: Evidence,
  method: MethodResult,
  student: string,
  scripted: boolean,
): Table['rows'][number] {
  const cells = evidence.cells.filter((cell) => cell.methodId === method.id);
  const arms = cells.map((cell) => armsOf(evidence, cell, student));
  const pooled = (arm: keyof Arms, of = arms) => stratify(of.flatMap((a) => a[arm] ?? []));
  const both = arms.filter(({ video, unlearned }) => video !== null && unlearned !== null);
  const [before, after] = [pooled('unlearned', both), pooled('video', both)];
  const gain =
    before.stratified === null || after.stratified === null ? null : after.stratified - before.stratified;
  const video = pooled('video');
  const cellsWith = (arm: keyof Arms) => arms.filter((a) => a[arm] !== null).length;
  const figure = (value: number | null, n: number): Figure => ({
    value,
    n,
    ...(scripted ? { scripted } : {}),
  });
  return {
    methodId: method.id,
    label: method.label,
    figures: {
      student: { value: student, n: null },
      baseline: figure(pooled('baseline').stratified, cellsWith('baseline')),
      unlearned: figure(pooled('unlearned').stratified, cellsWith('unlearned')),
      videoLongest: figure(video.keyLongest, cellsWith('video')),
      videoNotLongest: figure(video.keyNotLongest, cellsWith('video')),
      video: figure(video.stratified, cellsWith('video')),
      gain: figure(gain, both.length),
    },
  };
}
