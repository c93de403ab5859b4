import type { BarsSpec, ChartSpec } from './spec.ts';
import { fits, widthOf, wrap } from './text.ts';

/** Width of every chart, CSS px. */
export const width = 640;

const size = 12;
const sideLabel = 230;
const mostLines = 5;
const turnedLabel = 150;

/** Category labels as chart.js takes them: lines, and whether they stand upright under their bars. */
export interface Labels {
  lines: string[][];
  turned: boolean;
}

/** Labels beside bars get two lines; labels under bars up to five, or are turned where their column is too narrow. */
export function labelsOf({ categories, horizontal }: BarsSpec): Labels {
  if (horizontal) return { lines: categories.map((name) => wrap(name, sideLabel, size, 2)), turned: false };
  const column = (width - 90) / categories.length - 8;
  const turned = !categories.every((name) => fits(name, column, size, mostLines));
  const lines = categories.map((name) =>
    turned ? wrap(name, turnedLabel, size, 1) : wrap(name, column, size, mostLines),
  );
  return { lines, turned };
}

const widest = (lines: string[][]) => Math.max(...lines.flat().map((line) => widthOf(line, size)));

/** The title in at most two lines of 15 px bold. */
export function titleOf({ title }: ChartSpec): string[] {
  return wrap(title, width - 30, 16.5, 2);
}

/** Height of a chart, CSS px: horizontal bars need room for each, turned labels for themselves. */
export function heightOf(spec: ChartSpec): number {
  const extra = (titleOf(spec).length - 1) * 18;
  if (spec.kind !== 'bars') return 380 + extra;
  const { lines, turned } = labelsOf(spec);
  const most = Math.max(...lines.map((label) => label.length));
  if (!spec.horizontal)
    return Math.round(380 + extra + (turned ? widest(lines) * 0.9 - 10 : (most - 1) * 14));
  const row = Math.max(30 * Math.max(1, spec.series.length * 0.7), 16 * most + 4);
  return Math.round(130 + extra + row * spec.categories.length);
}
