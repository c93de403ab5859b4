import type { Bins } from './bins.ts';

/** What a chart shows, as plain data. `title` is short; `alt` says the finding in a sentence. */
interface Common {
  title: string;
  alt: string;
}

/** One colour and one value per category; `null` is a gap, never 0. */
export interface BarSeries {
  label: string;
  values: readonly (number | null)[];
  /** Ends of the error bars. */
  low?: readonly (number | null)[];
  high?: readonly (number | null)[];
}

export interface BarsSpec extends Common {
  kind: 'bars';
  horizontal?: boolean;
  categories: readonly string[];
  series: readonly BarSeries[];
  valueAxis: string;
  /** A line across all bars, such as chance. */
  reference?: { value: number; label: string };
}

export interface HistogramSpec extends Common {
  kind: 'histogram';
  series: readonly { label: string; values: readonly number[] }[];
  xAxis: string;
  yAxis: string;
  /** Bins given by the caller; without them Freedman and Diaconis choose (see bins.ts). All values must lie inside. */
  bins?: Bins;
  /** Per cent of each series instead of counts, so that series of different sizes compare. */
  share?: boolean;
}

/** A point of a line; where `y` is null the line has a gap. `label` stands beside the point. */
export interface CurvePoint {
  x: number;
  y: number | null;
  label?: string;
}

export interface CurveSpec extends Common {
  kind: 'curve';
  lines: readonly { label: string; points: readonly CurvePoint[]; secondAxis?: boolean }[];
  xAxis: string;
  yAxis: string;
  secondYAxis?: string;
  /** A point that is ringed and named, on the first y axis. */
  marked?: { x: number; y: number; label: string };
}

export type ChartSpec = BarsSpec | HistogramSpec | CurveSpec;
