import { createCanvas, loadImage } from 'canvas';
import { expect, test } from 'vitest';
import { binLabels, chooseBins, countInto } from './bins.ts';
import { type Chart, dataUri, renderChart } from './render.ts';
import type { BarsSpec } from './spec.ts';

const bars: BarsSpec = {
  kind: 'bars',
  title: 'Keys',
  alt: 'B is the key most often.',
  categories: ['A', 'B', 'C'],
  series: [{ label: 'questions', values: [10, 30, null] }],
  valueAxis: 'questions',
};

/** Colours of a chart's pixels, `r,g,b`, with their count. */
async function coloursOf(chart: Chart): Promise<Map<string, number>> {
  const picture = await loadImage(chart.png);
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 4) {
    const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

const blue = '0,114,178';

test('a chart is a PNG of twice its size, on white ground, the same each time', async () => {
  const chart = await renderChart(bars);
  const picture = await loadImage(chart.png);
  expect([picture.width, picture.height]).toEqual([chart.width * 2, chart.height * 2]);
  const colours = await coloursOf(chart);
  expect(Math.max(...colours.values())).toBe(colours.get('255,255,255'));
  expect((await renderChart(bars)).png.equals(chart.png)).toBe(true);
  expect(dataUri(chart)).toMatch(/^data:image\/png;base64,iVBOR/);
});

test('bars are as long as their values: four times the ink for four times the value', async () => {
  const ink = async (values: (number | null)[]) => {
    const spec = { ...bars, series: [{ label: 'q', values }], reference: { value: 100, label: 'all' } };
    return (await coloursOf(await renderChart(spec))).get(blue) ?? 0;
  };
  const [one, four] = [await ink([20, null, null]), await ink([80, null, null])];
  expect(one).toBeGreaterThan(1000);
  expect(four / one).toBeGreaterThan(3.6);
  expect(four / one).toBeLessThan(4.4);
});

test('error bars, reference line and marked point are drawn', async () => {
  const plain = await renderChart(bars);
  const withErrors = { label: 'q', values: [10, 30, null], low: [8, 25, null], high: [12, 36, null] };
  const others = [
    { ...bars, series: [withErrors] },
    { ...bars, reference: { value: 20, label: 'chance' } },
  ];
  for (const spec of others) expect((await renderChart(spec)).png.equals(plain.png)).toBe(false);
  const curve = {
    kind: 'curve' as const,
    title: 'Trade-off',
    alt: 'It falls.',
    lines: [
      {
        label: 'a',
        points: [
          { x: 0, y: 0 },
          { x: 10, y: 10 },
        ],
      },
    ],
    xAxis: 'x',
    yAxis: 'y',
  };
  const marked = { ...curve, marked: { x: 5, y: 8, label: 'here' } };
  expect((await renderChart(marked)).png.equals((await renderChart(curve)).png)).toBe(false);
});

test('nothing to show, or nothing to say, is refused', async () => {
  const empty = { ...bars, series: [{ label: 'q', values: [null, null, null] }] };
  await expect(renderChart(empty)).rejects.toThrow(/has nothing to show/);
  await expect(renderChart({ ...bars, alt: ' ' })).rejects.toThrow(/says no finding/);
});

test('bins have round edges and hold every value once', () => {
  const values = [3, 4, 4, 5, 9, 12, 12, 13, 40, 41, 77];
  const bins = chooseBins(values);
  expect(countInto(bins, values).reduce((a, b) => a + b)).toBe(values.length);
  expect(binLabels(chooseBins([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toEqual(['0–4', '5–9']);
  expect(chooseBins([5, 5, 5])).toEqual({ start: 5, width: 1, count: 1 });
});
