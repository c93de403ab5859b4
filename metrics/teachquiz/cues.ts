import { points, share, text } from '../columns.ts';
import {
  type AnswerResult,
  type CellResult,
  type Evidence,
  isOwnFailure,
  type MethodResult,
} from '../evidence.ts';
import { mean } from '../means.ts';
import type { Figure, Table } from '../table.ts';
import { armAnswers, type Readings } from './readings.ts';

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

interface Arms {
  baseline: readonly AnswerResult[] | null;
  before: readonly AnswerResult[] | null;
  video: readonly AnswerResult[] | null;
}

function armsOf(readings: Readings, cell: CellResult, student: string, before: string): Arms {
  const of = (arm: string) => armAnswers(readings.of(student, arm, cell));
  const blind = of(before);
  return { baseline: of('baseline'), before: blind, video: isOwnFailure(cell) ? blind : of('video') };
}

/** Accuracies of TeachQuiz stratified by the length cue, pooled over the questions of all cells. */
export function scoreByCue(evidence: Evidence, readings: Readings): Table {
  const strict = evidence.protocol === 'strict';
  return {
    id: 'teachquiz-cues',
    title: 'TeachQuiz without the length cue',
    detail: true,
    caption:
      'Accuracy over all questions, apart for those whose key is (one of) the longest options and those whose key is not; stratified is the mean of both, weighted equally. A student that answers by length alone shows 50 % here, not the share of long keys.',
    columns: [
      text('student', 'Student'),
      share('baseline', 'Baseline, stratified', 'no unlearning prompt, no video'),
      share('before', strict ? 'No video, stratified' : 'Unlearned, stratified', 'told to unlearn, no video'),
      share('videoLongest', 'Video, key longest', 'only questions whose key is one of the longest options'),
      share('videoNotLongest', 'Video, key not longest', 'only questions with a longer distractor'),
      share('video', 'Video, stratified', 'the mean of the two before it'),
      points(
        'gain',
        'Gain, stratified',
        'video minus the arm without it, both stratified, over cells where both are known',
      ),
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
  const scripted = method.scripted || readings.isScripted(student);
  const blind = evidence.protocol === 'strict' ? 'no_video' : 'unlearned';
  const cells = evidence.cells.filter((cell) => cell.methodId === method.id);
  const arms = cells.map((cell) => armsOf(readings, cell, student, blind));
  const pooled = (arm: keyof Arms, of = arms) => stratify(of.flatMap((a) => a[arm] ?? []));
  const both = arms.filter(({ video, before }) => video !== null && before !== null);
  const [blindly, after] = [pooled('before', both), pooled('video', both)];
  const gain =
    blindly.stratified === null || after.stratified === null ? null : after.stratified - blindly.stratified;
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
      before: figure(pooled('before').stratified, cellsWith('before')),
      videoLongest: figure(video.keyLongest, cellsWith('video')),
      videoNotLongest: figure(video.keyNotLongest, cellsWith('video')),
      video: figure(video.stratified, cellsWith('video')),
      gain: figure(gain, both.length),
    },
  };
}
