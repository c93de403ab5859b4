import {
  type CellResult,
  type Evidence,
  isOwnFailure,
  type MeasurementResult,
  type MethodResult,
} from '../evidence.ts';
import { mean } from '../means.ts';
import { type Dimension, overall, type Rubric, type RubricName, rubricOf, rubrics } from './rubrics.ts';

/** Scores by dimension, as reported: the judge's own times the rubric's scale. */
export type Scores = Partial<Record<Dimension, number>>;

/** A cell's scores by one judge, repeats averaged; `null` where there is no judgement. */
export interface CellAesthetics {
  cell: CellResult;
  scores: Scores | null;
  /** The rubric's mean of its dimensions. */
  average: number | null;
  /** Standard deviation of the average over repeats; `null` with one. */
  spread: number | null;
  hasVideo: boolean;
}

/** Judgements of single videos by one judge under one rubric: `arm` is `null` for methods' videos, else a control. */
export function judgementsOf(
  evidence: Evidence,
  judge: string,
  rubric: RubricName,
  arm: string | null = null,
): MeasurementResult[] {
  return evidence.measurements.filter(
    (m) =>
      m.metric === 'aesthetics' && m.endpoint === judge && m.arm === arm && rubricOf(m.prompt) === rubric,
  );
}

/**
 * Aesthetics of each cell. A method's own failure has 0 in each dimension; a failure of ours, or a judge without a judgement, is
 * `null` and in no mean.
 */
export function cellAesthetics(
  evidence: Evidence,
  method: MethodResult,
  judge: string,
  name: RubricName = 'paper',
): CellAesthetics[] {
  const rubric: Rubric = rubrics[name];
  const byCell = Map.groupBy(judgementsOf(evidence, judge, name), ({ cellId }) => cellId);
  return evidence.cells
    .filter((cell) => cell.methodId === method.id)
    .map((cell) => {
      const hasVideo = cell.video !== null;
      if (isOwnFailure(cell))
        return { cell, scores: allOf(rubric, () => 0), average: rubric.mean && 0, spread: null, hasVideo };
      const judgements = (byCell.get(cell.id) ?? []).flatMap((m) => scoresOf(m, rubric) ?? []);
      if (judgements.length === 0) return { cell, scores: null, average: null, spread: null, hasVideo };
      const averages = judgements.flatMap((scores) => overall(rubric, Object.values(scores)) ?? []);
      const scores = allOf(rubric, (one) => mean(judgements.flatMap((own) => own[one] ?? [])) ?? 0);
      return { cell, scores, average: mean(averages), spread: deviation(averages), hasVideo };
    });
}

const allOf = ({ dimensions }: Rubric, of: (name: Dimension) => number): Scores =>
  Object.fromEntries(dimensions.map((name) => [name, of(name)]));

/** A judgement as reported; `null` where there is none, or not of every dimension. */
export function scoresOf({ judgement }: MeasurementResult, rubric: Rubric): Scores | null {
  if (judgement === undefined || rubric.dimensions.some((name) => judgement[name] === undefined)) return null;
  return allOf(rubric, (name) => (judgement[name]?.score ?? 0) * rubric.scale);
}

/** Sample standard deviation; `null` of fewer than two. */
export function deviation(values: readonly number[]): number | null {
  const average = mean(values);
  if (average === null || values.length < 2) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1));
}

/** Who judged, in which rubric. */
export interface Judge {
  endpoint: string;
  rubric: RubricName;
  scripted: boolean;
}

export function judgesOf(evidence: Evidence): Judge[] {
  const mine = evidence.measurements.filter(
    ({ metric, arm }) => metric === 'aesthetics' && arm !== 'pairwise' && arm !== 'checklist',
  );
  const groups = Map.groupBy(mine, ({ endpoint, prompt }) => `${rubricOf(prompt)} ${endpoint}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    // A real judge of scripted videos is not scripted itself; its other judgements show it.
    const scripted = group.every((one) => one.scripted);
    return [{ endpoint: first.endpoint, rubric: rubricOf(first.prompt), scripted }];
  });
}
