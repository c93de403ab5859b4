import type { Chart, Plugin } from 'chart.js';
import { ink, muted } from './palette.ts';
import type { BarSeries, BarsSpec } from './spec.ts';
import { family, shortNumber } from './text.ts';

type Context = Chart['ctx'];

/** Pixel position of a value on an axis. */
export function pixelOf(chart: Chart, axis: string, value: number): number {
  return chart.scales[axis]?.getPixelForValue(value) ?? Number.NaN;
}

/** A text with a white rim, so that it is read across lines and bars. */
export function write(ctx: Context, text: string, x: number, y: number, colour: string, bold = false): void {
  ctx.font = `${bold ? 'bold ' : ''}12px ${family}`;
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = 'white';
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** Runs `draw` on each bar that has a value. */
function eachBar(
  chart: Chart,
  spec: BarsSpec,
  draw: (bar: { x: number; y: number }, value: number, series: BarSeries, i: number) => void,
): void {
  spec.series.forEach((series, s) => {
    chart.getDatasetMeta(s).data.forEach((bar, i) => {
      const value = series.values[i];
      if (value != null) draw(bar, value, series, i);
    });
  });
}

/** Whiskers from low to high on each bar. */
export function whiskers(spec: BarsSpec): Plugin {
  return {
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.2;
      eachBar(chart, spec, (bar, _, { low, high }, i) => {
        const [from, to] = [low?.[i], high?.[i]];
        if (from == null || to == null) return;
        whisker(chart, spec.horizontal === true, spec.horizontal ? bar.y : bar.x, from, to);
      });
      ctx.restore();
    },
  };
}

function whisker(chart: Chart, horizontal: boolean, middle: number, from: number, to: number): void {
  const { ctx } = chart;
  const [a, b] = [from, to].map((end) => pixelOf(chart, horizontal ? 'x' : 'y', end));
  if (a === undefined || b === undefined) return;
  const point = (along: number, across: number): [number, number] =>
    horizontal ? [along, middle + across] : [middle + across, along];
  ctx.beginPath();
  for (const end of [a, b]) {
    ctx.moveTo(...point(end, -4));
    ctx.lineTo(...point(end, 4));
  }
  ctx.moveTo(...point(a, 0));
  ctx.lineTo(...point(b, 0));
  ctx.stroke();
}

/** A dashed line at one value across all bars, named at its end. */
export function referenceLine(spec: BarsSpec): Plugin {
  return {
    id: 'reference',
    afterDatasetsDraw(chart) {
      if (spec.reference === undefined) return;
      const { ctx, chartArea: area } = chart;
      const at = pixelOf(chart, spec.horizontal ? 'x' : 'y', spec.reference.value);
      ctx.save();
      ctx.strokeStyle = muted;
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      ctx.moveTo(...(spec.horizontal ? ([at, area.top] as const) : ([area.left, at] as const)));
      ctx.lineTo(...(spec.horizontal ? ([at, area.bottom] as const) : ([area.right, at] as const)));
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.textAlign = spec.horizontal ? 'center' : 'right';
      const [x, y] = spec.horizontal ? [at, area.top - 5] : [area.right, at - 5];
      write(ctx, spec.reference.label, x, y, muted);
      ctx.restore();
    },
  };
}

/** The value of each bar beside its end (beyond its whisker), when there are few bars. */
export function barValues(spec: BarsSpec): Plugin {
  const few = spec.categories.length * spec.series.length <= 16;
  return {
    id: 'values',
    afterDatasetsDraw(chart) {
      if (!few) return;
      const { ctx } = chart;
      ctx.save();
      eachBar(chart, spec, (bar, value, { low, high }, i) => {
        const below = value < 0;
        const end = pixelOf(chart, spec.horizontal ? 'x' : 'y', (below ? low?.[i] : high?.[i]) ?? value);
        if (spec.horizontal) {
          ctx.textAlign = below ? 'right' : 'left';
          ctx.textBaseline = 'middle';
          write(ctx, shortNumber(value), end + (below ? -7 : 7), bar.y, ink);
        } else {
          ctx.textAlign = 'center';
          ctx.textBaseline = below ? 'top' : 'bottom';
          write(ctx, shortNumber(value), bar.x, end + (below ? 4 : -4), ink);
        }
      });
      ctx.restore();
    },
  };
}
