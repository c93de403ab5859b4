import { MmmcError } from '../../harness/store/errors.ts';
import type { BarsSpec, ChartSpec, CurveSpec, HistogramSpec } from './spec.ts';

/**
 * Refuses what cannot be drawn truly: `empty_chart` where there is no value, title or finding, `bad_chart` where
 * numbers are not finite or do not fit the categories or bins, `unknown_chart` for a kind that is not known.
 */
export function checkSpec(spec: ChartSpec): void {
  const numbers = numbersOf(spec);
  if (numbers.every((n) => n === null))
    throw new MmmcError('empty_chart', `the chart "${spec.title}" has nothing to show`);
  if (spec.title.trim() === '') throw new MmmcError('empty_chart', 'a chart has no title');
  if (spec.alt.trim() === '') throw new MmmcError('empty_chart', `the chart "${spec.title}" says no finding`);
  if (!numbers.every((n) => n === null || Number.isFinite(n)))
    throw bad(spec, 'has a number that is not finite');
  if (spec.kind === 'bars') checkBars(spec);
  if (spec.kind === 'histogram') checkBins(spec);
  if (spec.kind === 'curve') checkCurve(spec);
}

/** The numbers that make a chart worth drawing; marks and reference lines alone do not. */
function numbersOf(spec: ChartSpec): (number | null)[] {
  switch (spec.kind) {
    case 'bars':
    case 'histogram':
      return spec.series.flatMap(({ values }) => [...values]);
    case 'curve':
      return spec.lines.flatMap(({ points }) => points.map(({ x, y }) => (Number.isFinite(x) ? y : x)));
    default:
      throw new MmmcError('unknown_chart', `no such kind of chart: ${JSON.stringify(spec)}`);
  }
}

function checkBars(spec: BarsSpec): void {
  for (const { label, values, low, high } of spec.series) {
    const lengths = [values, low, high].filter((list) => list !== undefined).map((list) => list.length);
    if (lengths.some((length) => length !== spec.categories.length))
      throw bad(spec, `has ${spec.categories.length} categories, which the series "${label}" does not match`);
    const ends = [...(low ?? []), ...(high ?? [])];
    if (!ends.every((end) => end === null || Number.isFinite(end)))
      throw bad(spec, `has an error bar without end in the series "${label}"`);
  }
}

function checkBins(spec: HistogramSpec): void {
  if (spec.bins === undefined) return;
  const { start, width, count } = spec.bins;
  if (!(width > 0) || !Number.isInteger(count) || count < 1)
    throw bad(spec, 'has bins of no width or number');
  const outside = spec.series.flatMap(({ values }) =>
    values.filter((v) => v < start || v > start + width * count),
  );
  if (outside.length > 0) throw bad(spec, `has values outside its bins: ${outside.slice(0, 5).join(', ')}`);
}

function checkCurve(spec: CurveSpec): void {
  if (spec.secondYAxis === undefined && spec.lines.some(({ secondAxis }) => secondAxis))
    throw bad(spec, 'has a line on a second axis that has no title');
}

function bad(spec: ChartSpec, what: string): MmmcError {
  return new MmmcError('bad_chart', `the chart "${spec.title}" ${what}`);
}
