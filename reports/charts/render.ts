import type { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { checkSpec } from './check.ts';
import { configurationOf } from './configuration.ts';
import { heightOf, width } from './layout.ts';
import type { ChartSpec } from './spec.ts';

export { dataUri } from './embed.ts';

/** A drawn chart. Width and height are CSS pixels; the PNG has twice as many. */
export interface Chart {
  png: Buffer;
  width: number;
  height: number;
  alt: string;
}

/**
 * Draws a chart on white ground; the same spec gives the same pixels. Throws an MmmcError: `empty_chart` where there is
 * nothing to draw, no title or no alt text (a picture without a finding is not shown), `bad_chart` where numbers are
 * not finite or do not fit, `unknown_chart` for a kind that is not known.
 *
 * @example
 * await renderChart({ kind: 'bars', title: 'Keys', alt: 'B is the key most often.', valueAxis: 'questions',
 *   categories: ['A', 'B'], series: [{ label: 'questions', values: [10, 30] }] });
 */
export async function renderChart(spec: ChartSpec): Promise<Chart> {
  checkSpec(spec);
  const height = heightOf(spec);
  const service = await drawing();
  const png = await service.renderToBuffer(configurationOf(spec, width, height));
  return { png, width, height, alt: spec.alt };
}

let service: Promise<ChartJSNodeCanvas> | undefined;

/** The one drawing service; chart.js is loaded when the first chart is drawn. Each chart brings its own size. */
function drawing(): Promise<ChartJSNodeCanvas> {
  service ??= import('chartjs-node-canvas').then(
    ({ ChartJSNodeCanvas }) => new ChartJSNodeCanvas({ width, height: width }),
  );
  return service;
}
