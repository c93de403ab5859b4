import type { ChartConfiguration, ChartOptions, LegendItem, Plugin } from 'chart.js';
import { binLabels, chooseBins, countInto } from './bins.ts';
import { labelsOf, titleOf } from './layout.ts';
import { barValues, referenceLine, whiskers } from './marks.ts';
import { colourAt, ink, muted, rule } from './palette.ts';
import { markedPoint, pointLabels, radii } from './points.ts';
import type { BarsSpec, ChartSpec, CurveSpec, HistogramSpec } from './spec.ts';
import { font, tickNumber } from './text.ts';

/** The chart.js configuration of a spec that was checked, drawn at a size in CSS px. */
export function configurationOf(spec: ChartSpec, width: number, height: number): ChartConfiguration {
  const drawn = configurationOfKind(spec);
  return { ...drawn, plugins: [ground(width, height), ...(drawn.plugins ?? [])] };
}

/** Gives the canvas the chart's own size, and a white ground. */
function ground(width: number, height: number): Plugin {
  return {
    id: 'ground',
    beforeInit: (chart) => chart.resize(width, height),
    beforeDraw({ ctx }) {
      ctx.save();
      ctx.fillStyle = 'white';
      ctx.fillRect(0, 0, width, height);
      ctx.restore();
    },
  };
}

function configurationOfKind(spec: ChartSpec): ChartConfiguration {
  switch (spec.kind) {
    case 'bars':
      return bars(spec);
    case 'histogram':
      return histogram(spec);
    case 'curve':
      return curve(spec);
  }
}

function common(spec: ChartSpec, named: boolean): ChartOptions {
  return {
    animation: false,
    responsive: false,
    maintainAspectRatio: false,
    devicePixelRatio: 2,
    font,
    color: ink,
    layout: { padding: { top: 6, right: 18, bottom: 4, left: 4 } },
    plugins: {
      title: {
        display: true,
        text: titleOf(spec),
        align: 'start',
        color: ink,
        font: { ...font, size: 15 },
        padding: { top: 4, bottom: named ? 6 : 20 },
      },
      legend: {
        display: named,
        align: 'start',
        labels: { boxWidth: 24, boxHeight: 10, color: ink, font },
      },
    },
  };
}

/** An axis of names; the grid belongs to the values. */
function namesAxis(text: string) {
  return {
    title: { display: text !== '', text, color: muted, font },
    ticks: { color: ink, font, maxRotation: 0 },
    grid: { display: false },
    border: { color: muted },
  };
}

/** A value axis: its title with the unit, whether grid lines cross the chart, whether only whole numbers occur. */
function axis(text: string, grid: boolean, whole: boolean) {
  return {
    title: { display: text !== '', text, color: muted, font },
    ticks: {
      color: ink,
      font,
      maxRotation: 0,
      ...(whole ? { precision: 0 } : {}),
      callback: (value: string | number) => tickNumber(Number(value)),
    },
    grid: { display: grid, color: rule },
    border: { color: muted },
    beginAtZero: true,
  };
}

/** Most names under bars that are all shown. */
const allShown = 40;

function bars(spec: BarsSpec): ChartConfiguration {
  const { lines, turned } = labelsOf(spec);
  const upright = turned ? { minRotation: 60, maxRotation: 90 } : {};
  const plain = namesAxis('');
  const categories = {
    ...plain,
    ticks: { ...plain.ticks, ...upright, autoSkip: lines.length > allShown },
  };
  const whole = spec.series.every(({ values }) => values.every((v) => v === null || Number.isInteger(v)));
  const values = { ...axis(spec.valueAxis, true, whole), ...roomFor(spec) };
  return {
    type: 'bar',
    data: {
      labels: lines,
      datasets: spec.series.map(({ label, values }, i) => ({
        label,
        data: [...values],
        backgroundColor: colourAt(i),
        maxBarThickness: spec.horizontal ? 22 : 64,
      })),
    },
    options: {
      ...common(spec, spec.series.length > 1),
      indexAxis: spec.horizontal ? 'y' : 'x',
      scales: spec.horizontal ? { x: values, y: categories } : { x: categories, y: values },
    },
    plugins: [referenceLine(spec), whiskers(spec), barValues(spec)],
  };
}

/** Room beyond the longest bars and whiskers for their values. */
function roomFor({ series, reference }: BarsSpec): { suggestedMin: number; suggestedMax: number } {
  const ends = series.flatMap(({ values, low, high }) => [...values, ...(low ?? []), ...(high ?? [])]);
  const numbers = [0, reference?.value ?? 0, ...ends.filter((end) => end !== null)];
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const room = (most - least) * 0.12;
  return { suggestedMin: least < 0 ? least - room : 0, suggestedMax: most > 0 ? most + room : 0 };
}

function histogram(spec: HistogramSpec): ChartConfiguration {
  const all = spec.series.flatMap(({ values }) => values);
  const bins = spec.bins ?? chooseBins(all);
  return {
    type: 'bar',
    data: {
      labels: binLabels(bins, all.every(Number.isInteger)),
      datasets: spec.series.map(({ label, values }, i) => ({
        label,
        data: countInto(bins, values).map((n) => (spec.share ? (100 * n) / Math.max(1, values.length) : n)),
        backgroundColor: colourAt(i),
        categoryPercentage: 0.92,
        barPercentage: 1,
      })),
    },
    options: {
      ...common(spec, spec.series.length > 1),
      scales: { x: namesAxis(spec.xAxis), y: axis(spec.yAxis, true, spec.share !== true) },
    },
  };
}

function curve(spec: CurveSpec): ChartConfiguration {
  const side = { position: 'right' as const };
  const second = spec.secondYAxis === undefined ? {} : { ...axis(spec.secondYAxis, false, false), ...side };
  const options = common(spec, true);
  return {
    type: 'scatter',
    data: {
      datasets: spec.lines.map(({ label, points, secondAxis }, i) => ({
        label,
        data: points.map(({ x, y }) => ({ x, y: y ?? Number.NaN })),
        showLine: true,
        pointRadius: radii(points),
        borderColor: colourAt(i),
        backgroundColor: colourAt(i),
        borderWidth: 2,
        borderDash: secondAxis ? dash : [],
        yAxisID: secondAxis ? 'second' : 'y',
      })),
    },
    options: {
      ...options,
      plugins: { ...options.plugins, legend: lineLegend(spec) },
      scales: {
        x: axis(spec.xAxis, false, false),
        y: axis(spec.yAxis, true, false),
        ...(spec.secondYAxis === undefined ? {} : { second }),
      },
    },
    plugins: [pointLabels(spec), markedPoint(spec)],
  };
}

const dash = [6, 4];

/** chart.js forgets dashes in its own legend of points; lines on the second axis are known by them. */
function lineLegend({ lines }: CurveSpec) {
  const items: LegendItem[] = lines.map(({ label, secondAxis }, i) => ({
    text: label,
    datasetIndex: i,
    fontColor: ink,
    pointStyle: 'line',
    strokeStyle: colourAt(i),
    lineWidth: 2,
    lineDash: secondAxis ? dash : [],
  }));
  const labels = {
    font,
    usePointStyle: true,
    pointStyleWidth: 30,
    boxHeight: 10,
    generateLabels: () => items,
  };
  return { display: true, align: 'start' as const, labels };
}
