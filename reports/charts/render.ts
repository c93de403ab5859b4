import type { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { MmmcError } from '../../harness/store/errors.ts';
import { configurationOf } from './configuration.ts';
import type { ChartSpec } from './spec.ts';

/** A drawn chart. Width and height are CSS pixels; the PNG has twice as many. */
export interface Chart {
  png: Buffer;
  width: number;
  height: number;
  alt: string;
}

const width = 680;

/**
 * Draws a chart on white ground. Throws `empty_chart` where there is nothing to draw or no alt text: a picture without
 * a finding is not shown.
 */
export async function renderChart(spec: ChartSpec): Promise<Chart> {
  if (isEmpty(spec)) throw new MmmcError('empty_chart', `the chart "${spec.title}" has nothing to show`);
  if (spec.alt.trim() === '') throw new MmmcError('empty_chart', `the chart "${spec.title}" says no finding`);
  const height = heightOf(spec);
  const canvas = await canvasOf(height);
  const png = await canvas.renderToBuffer(configurationOf(spec));
  return { png, width, height, alt: spec.alt };
}

/** A chart as an address for `<img src>`. */
export function dataUri({ png }: Chart): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** Horizontal bars need room for each; all else has one shape. */
function heightOf(spec: ChartSpec): number {
  if (spec.kind !== 'bars' || !spec.horizontal) return 380;
  return 130 + 30 * spec.categories.length * Math.max(1, spec.series.length * 0.7);
}

function isEmpty(spec: ChartSpec): boolean {
  if (spec.kind === 'curve') return spec.lines.every(({ points }) => points.length === 0);
  return spec.series.every(({ values }) => values.every((value) => value === null));
}

const canvases = new Map<number, Promise<ChartJSNodeCanvas>>();

/** One drawing service per height; chart.js is loaded when the first chart is drawn. */
function canvasOf(height: number): Promise<ChartJSNodeCanvas> {
  const found = canvases.get(height);
  if (found !== undefined) return found;
  const made = import('chartjs-node-canvas').then(
    ({ ChartJSNodeCanvas }) => new ChartJSNodeCanvas({ width, height, backgroundColour: 'white' }),
  );
  canvases.set(height, made);
  return made;
}
