import type { Chart, Plugin } from 'chart.js';
import { ink, muted } from './palette.ts';
import type { BarsSpec, CurveSpec } from './spec.ts';

/** Pixel position of a value on the axis that shows values. */
function pixelOf(chart: Chart, axis: string, value: number): number {
  return chart.scales[axis]?.getPixelForValue(value) ?? Number.NaN;
}

/** Whiskers from low to high on each bar. */
export function whiskers(spec: BarsSpec): Plugin {
  const axis = spec.horizontal ? 'x' : 'y';
  return {
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.2;
      spec.series.forEach(({ low, high }, s) => {
        chart.getDatasetMeta(s).data.forEach((bar, i) => {
          const [from, to] = [low?.[i], high?.[i]];
          if (from == null || to == null) return;
          const middle = spec.horizontal ? bar.y : bar.x;
          const [a, b] = [pixelOf(chart, axis, from), pixelOf(chart, axis, to)];
          const point = (along: number, across: number): [number, number] =>
            spec.horizontal ? [along, middle + across] : [middle + across, along];
          ctx.beginPath();
          for (const end of [a, b]) {
            ctx.moveTo(...point(end, -4));
            ctx.lineTo(...point(end, 4));
          }
          ctx.moveTo(...point(a, 0));
          ctx.lineTo(...point(b, 0));
          ctx.stroke();
        });
      });
      ctx.restore();
    },
  };
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
      if (spec.horizontal) {
        ctx.moveTo(at, area.top);
        ctx.lineTo(at, area.bottom);
      } else {
        ctx.moveTo(area.left, at);
        ctx.lineTo(area.right, at);
      }
      ctx.stroke();
      ctx.fillStyle = muted;
      ctx.font = chart.options.font ? `12px ${String(chart.options.font.family)}` : '12px sans-serif';
      if (spec.horizontal) {
        ctx.textAlign = 'center';
        ctx.fillText(spec.reference.label, at, area.top - 5);
      } else {
        ctx.textAlign = 'right';
        ctx.fillText(spec.reference.label, area.right, at - 5);
      }
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
      const axis = spec.horizontal ? 'x' : 'y';
      ctx.save();
      ctx.fillStyle = ink;
      ctx.font = chart.options.font ? `12px ${String(chart.options.font.family)}` : '12px sans-serif';
      ctx.textBaseline = spec.horizontal ? 'middle' : 'bottom';
      ctx.textAlign = spec.horizontal ? 'left' : 'center';
      spec.series.forEach(({ values, high }, s) => {
        chart.getDatasetMeta(s).data.forEach((bar, i) => {
          const value = values[i];
          if (value == null) return;
          const end = pixelOf(chart, axis, high?.[i] ?? value);
          const text = Number.isInteger(value) ? String(value) : value.toFixed(1);
          if (spec.horizontal) ctx.fillText(text, end + 7, bar.y);
          else ctx.fillText(text, bar.x, end - 4);
        });
      });
      ctx.restore();
    },
  };
}

/** A ring around one point of a curve, with its name. */
export function markedPoint(spec: CurveSpec): Plugin {
  return {
    id: 'marked',
    afterDatasetsDraw(chart) {
      if (spec.marked === undefined) return;
      const { ctx, chartArea: area } = chart;
      const [x, y] = [pixelOf(chart, 'x', spec.marked.x), pixelOf(chart, 'y', spec.marked.y)];
      ctx.save();
      ctx.strokeStyle = ink;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(x, y, 6, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.fillStyle = ink;
      ctx.font = chart.options.font
        ? `bold 12px ${String(chart.options.font.family)}`
        : 'bold 12px sans-serif';
      const left = x > (area.left + area.right) / 2;
      ctx.textAlign = left ? 'right' : 'left';
      ctx.fillText(spec.marked.label, x + (left ? -11 : 11), y - 9);
      ctx.restore();
    },
  };
}
