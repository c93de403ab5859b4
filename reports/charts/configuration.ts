import type { ChartConfiguration, ChartOptions } from 'chart.js';
import { binLabels, chooseBins, countInto } from './bins.ts';
import { barValues, markedPoint, referenceLine, whiskers } from './marks.ts';
import { colourAt, ink, muted, rule } from './palette.ts';
import type { BarsSpec, ChartSpec, CurveSpec, HistogramSpec } from './spec.ts';

const font = { family: '"DejaVu Sans", "Noto Sans CJK SC", sans-serif', size: 12 };

/** The chart.js configuration of a spec. */
export function configurationOf(spec: ChartSpec): ChartConfiguration {
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
  const lines = spec.kind === 'curve';
  return {
    animation: false,
    responsive: false,
    devicePixelRatio: 2,
    font,
    color: ink,
    layout: { padding: { top: 6, right: 18, bottom: 4, left: 4 } },
    plugins: {
      title: {
        display: true,
        text: spec.title,
        align: 'start',
        color: ink,
        font: { ...font, size: 15 },
        padding: { bottom: 18 },
      },
      legend: {
        display: named,
        align: 'start',
        labels: { boxWidth: 24, boxHeight: 10, color: ink, font, usePointStyle: lines, pointStyleWidth: 28 },
      },
    },
  };
}

function axis(text: string, grid: boolean, more: { suggestedMax?: number } = {}) {
  return {
    title: { display: text !== '', text, color: muted, font },
    ticks: { color: ink, font, precision: 0, maxRotation: 0 },
    grid: { display: grid, color: rule },
    border: { color: muted },
    beginAtZero: true,
    ...more,
  };
}

function bars(spec: BarsSpec): ChartConfiguration {
  const named = spec.series.length > 1;
  const [categories, values] = [axis('', false), axis(spec.valueAxis, true, { ...roomFor(spec) })];
  return {
    type: 'bar',
    data: {
      labels: spec.categories.map(shorten),
      datasets: spec.series.map(({ label, values }, i) => ({
        label,
        data: [...values],
        backgroundColor: colourAt(i),
        maxBarThickness: spec.horizontal ? 22 : 64,
      })),
    },
    options: {
      ...common(spec, named),
      indexAxis: spec.horizontal ? 'y' : 'x',
      scales: spec.horizontal ? { x: values, y: categories } : { x: categories, y: values },
    },
    plugins: [whiskers(spec), referenceLine(spec), barValues(spec)],
  };
}

/** Room beyond the longest bar for its value. */
function roomFor({ series, reference }: BarsSpec): { suggestedMax: number } {
  const ends = series.flatMap(({ values, high }) => [...values, ...(high ?? [])]).filter((v) => v !== null);
  return { suggestedMax: Math.max(...ends, reference?.value ?? 0) * 1.12 };
}

function histogram(spec: HistogramSpec): ChartConfiguration {
  const bins = chooseBins(spec.series.flatMap(({ values }) => values));
  return {
    type: 'bar',
    data: {
      labels: binLabels(bins),
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
      scales: { x: axis(spec.xAxis, false), y: axis(spec.yAxis, true) },
    },
  };
}

function curve(spec: CurveSpec): ChartConfiguration {
  const second =
    spec.secondYAxis === undefined
      ? {}
      : { second: { ...axis(spec.secondYAxis, false), position: 'right' as const } };
  return {
    type: 'scatter',
    data: {
      datasets: spec.lines.map(({ label, points, secondAxis }, i) => ({
        label,
        data: [...points],
        showLine: true,
        pointRadius: 0,
        pointStyle: 'line',
        borderColor: colourAt(i),
        backgroundColor: colourAt(i),
        borderWidth: 2,
        borderDash: secondAxis ? [6, 4] : [],
        yAxisID: secondAxis ? 'second' : 'y',
      })),
    },
    options: {
      ...common(spec, true),
      scales: { x: axis(spec.xAxis, false), y: axis(spec.yAxis, true), ...second },
    },
    plugins: [markedPoint(spec)],
  };
}

/** Longest name of a category that is shown, characters. */
const longest = 42;
const shorten = (name: string) => (name.length <= longest ? name : `${name.slice(0, longest - 1)}…`);
