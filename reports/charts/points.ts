import type { Chart, Plugin } from 'chart.js';
import { pixelOf, write } from './marks.ts';
import { ink } from './palette.ts';
import type { CurvePoint, CurveSpec } from './spec.ts';
import { widthOf } from './text.ts';

/** Most points of a line that are drawn as dots. */
const dotted = 12;

/** Radius of each point, px: dots on short lines, at labels, and where a point stands between gaps without a line. */
export function radii(points: readonly CurvePoint[]): number[] {
  return points.map(({ label }, i) => {
    const alone = points[i - 1]?.y == null && points[i + 1]?.y == null;
    return points.length <= dotted || alone || label !== undefined ? 3 : 0;
  });
}

/** Does a line rise where it passes `x`? A label stands on the side that the line leaves free. */
function risesAt(points: readonly CurvePoint[], x: number): boolean {
  const known = points.filter(({ y }) => y !== null).toSorted((a, b) => a.x - b.x);
  const before = known.findLast((point) => point.x <= x) ?? known[0];
  const after = known.find((point) => point.x > x) ?? known.at(-1);
  const start = before === after ? known.at(-2) : before;
  return (after?.y ?? 0) > (start?.y ?? 0);
}

/** Writes a label beside a point: above the line where there is room in the chart, else below it. */
function writeBeside(
  chart: Chart,
  text: string,
  at: { x: number; y: number; rises: boolean; bold: boolean },
) {
  const { ctx, chartArea: area } = chart;
  const width = widthOf(text, 12) * (at.bold ? 1.1 : 1) + 12;
  const roomy = at.rises ? at.x - width > area.left : at.x + width < area.right;
  const above = roomy && at.y - 24 > area.top;
  const left = at.rises === above;
  ctx.textAlign = left ? 'right' : 'left';
  ctx.textBaseline = 'alphabetic';
  write(ctx, text, at.x + (left ? -9 : 9), at.y + (above ? -8 : 18), ink, at.bold);
}

/** The labels of points. */
export function pointLabels(spec: CurveSpec): Plugin {
  return {
    id: 'labels',
    afterDatasetsDraw(chart) {
      chart.ctx.save();
      for (const { points, secondAxis } of spec.lines) {
        for (const { x, y, label } of points) {
          if (label === undefined || y === null) continue;
          const at = { x: pixelOf(chart, 'x', x), y: pixelOf(chart, secondAxis ? 'second' : 'y', y) };
          writeBeside(chart, label, { ...at, rises: risesAt(points, x), bold: false });
        }
      }
      chart.ctx.restore();
    },
  };
}

/** A ring around one point of the first axis, with its name. */
export function markedPoint(spec: CurveSpec): Plugin {
  return {
    id: 'marked',
    afterDatasetsDraw(chart) {
      if (spec.marked === undefined) return;
      const { ctx } = chart;
      const at = { x: pixelOf(chart, 'x', spec.marked.x), y: pixelOf(chart, 'y', spec.marked.y) };
      const line = spec.lines.find(({ secondAxis }) => !secondAxis);
      ctx.save();
      writeBeside(chart, spec.marked.label, {
        ...at,
        rises: risesAt(line?.points ?? [], spec.marked.x),
        bold: true,
      });
      ctx.strokeStyle = ink;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(at.x, at.y, 6, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.restore();
    },
  };
}
