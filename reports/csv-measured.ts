/** Columns of `results.csv` for what was judged and measured of a cell's video, beside the quiz. */
import type { CellResult, MeasurementResult } from '../metrics/evidence.ts';
import type { Results } from './results.ts';

export interface MeasuredColumn {
  name: string;
  help: string;
  value: (cell: CellResult) => number | null;
}

const snake = (name: string) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/[^\w]+/g, '_');

/** One column for each judge and dimension (repeats averaged, as asked for), and for each figure measured without a model. */
export function measuredColumns({ measurements }: Results): MeasuredColumn[] {
  const judged = measurements.filter(({ arm, judgement }) => arm === null && judgement !== undefined);
  const looked = measurements.filter(
    ({ endpoint, observation }) => endpoint === '' && observation !== undefined,
  );
  const judges = Map.groupBy(
    judged,
    ({ endpoint, prompt = '' }) => `${endpoint} ${prompt.split('/').at(-1) ?? ''}`,
  );
  return [
    ...[...judges].flatMap(([judge, own]) =>
      namesIn(own, ({ judgement }) => judgement).map((dimension) => ({
        name: snake(`${judge} ${dimension}`),
        help: `${dimension} by judge and rubric ${judge}, as asked for`,
        value: meanOf(own, ({ judgement }) => judgement?.[dimension]?.score),
      })),
    ),
    ...namesIn(looked, ({ observation }) => observation?.facts).map((fact) => ({
      name: snake(`layout ${fact}`),
      help: `${fact}, measured without a model (docs/layout.md)`,
      value: meanOf(looked, ({ observation }) => observation?.facts[fact]),
    })),
  ];
}

const namesIn = (all: readonly MeasurementResult[], of: (one: MeasurementResult) => object | undefined) => [
  ...new Set(all.flatMap((one) => Object.keys(of(one) ?? {}))),
];

/** Mean over a cell's measurements of what is known. */
function meanOf(
  all: readonly MeasurementResult[],
  of: (one: MeasurementResult) => number | null | undefined,
): MeasuredColumn['value'] {
  const byCell = Map.groupBy(all, ({ cellId }) => cellId);
  return ({ id }) => {
    const known = (byCell.get(id) ?? []).flatMap((one) => of(one) ?? []);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  };
}
