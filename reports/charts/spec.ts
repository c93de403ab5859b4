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
  /** Per cent of each series instead of counts, so that series of different sizes compare. */
  share?: boolean;
}

export interface CurveSpec extends Common {
  kind: 'curve';
  lines: readonly { label: string; points: readonly { x: number; y: number }[]; secondAxis?: boolean }[];
  xAxis: string;
  yAxis: string;
  secondYAxis?: string;
  marked?: { x: number; y: number; label: string };
}

export type ChartSpec = BarsSpec | HistogramSpec | CurveSpec;
