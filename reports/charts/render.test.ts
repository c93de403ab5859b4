import { expect, test } from 'vitest';
import { dataUri } from './embed.ts';
import { palette } from './palette.ts';
import { boxOf, pixelsOf } from './pixels-fixture.ts';
import { renderChart } from './render.ts';
import type { BarsSpec, CurveSpec, HistogramSpec } from './spec.ts';

const [blue, orange] = palette;
const bars: BarsSpec = {
  kind: 'bars',
  title: 'Keys',
  alt: 'B is the key most often.',
  categories: ['A', 'B', 'C'],
  series: [{ label: 'questions', values: [10, 30, null] }],
  valueAxis: 'questions',
};
const curve: CurveSpec = {
  kind: 'curve',
  title: 'Trade-off',
  alt: 'It rises.',
  lines: [{ label: 'a', points: [0, 1, 2, 3].map((x) => ({ x, y: 10 * x })) }],
  xAxis: 'x',
  yAxis: 'y',
};
const histogram: HistogramSpec = {
  kind: 'histogram',
  title: 'Lengths',
  alt: 'Short ones are most.',
  series: [{ label: 'keys', values: [1, 2, 3, 15] }],
  xAxis: 'characters',
  yAxis: 'keys',
};
const draw = async (spec: BarsSpec | CurveSpec | HistogramSpec) => pixelsOf(await renderChart(spec));

test('a chart is a PNG of twice its size, on white ground, the same each time', async () => {
  const chart = await renderChart(bars);
  expect(chart.png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const pixels = await pixelsOf(chart);
  expect([pixels.width, pixels.height]).toEqual([chart.width * 2, chart.height * 2]);
  for (const x of [0, pixels.width - 1])
    for (const y of [0, pixels.height - 1]) expect(pixels.at(x, y)).toBe('#ffffff');
  await renderChart({ ...bars, horizontal: true });
  expect((await renderChart(bars)).png.equals(chart.png)).toBe(true);
  expect(chart.alt).toBe(bars.alt);
  expect(dataUri(chart)).toMatch(/^data:image\/png;base64,iVBOR/);
});

test('charts of different heights drawn at once do not disturb each other', async () => {
  const specs = [bars, { ...bars, horizontal: true }, curve, histogram];
  const alone: Buffer[] = [];
  for (const spec of specs) alone.push((await renderChart(spec)).png);
  const together = await Promise.all(specs.map(renderChart));
  expect(together.map(({ png }, i) => alone[i]?.equals(png))).toEqual([true, true, true, true]);
});

test('bars are as long as their values and stand at their categories, and null is a gap', async () => {
  const pixels = await draw(bars);
  const third = Math.round(pixels.width / 3);
  const heightIn = (left: number, right: number) => {
    const { top, bottom } = boxOf(pixels.of(blue, { left, right }));
    return bottom - top;
  };
  expect(heightIn(third, 2 * third) / heightIn(0, third)).toBeCloseTo(3, 1);
  expect(pixels.of(blue, { left: 2 * third + 40 })).toEqual([]);
});

test('a gap is not a 0: only the 0 is written', async () => {
  const zero = { ...bars, series: [{ label: 'questions', values: [10, 30, 0] }] };
  expect((await renderChart(zero)).png.equals((await renderChart(bars)).png)).toBe(false);
});

test('whiskers go from low to high, and none is drawn at a gap', async () => {
  const spread = { label: 'q', values: [10, 30, null], low: [8, 20, 5], high: [12, 40, 50] };
  const pixels = await draw({ ...bars, series: [spread] });
  const third = Math.round(pixels.width / 3);
  const bar = boxOf(pixels.of(blue, { left: third, right: 2 * third }));
  const middle = Math.round((bar.left + bar.right) / 2);
  const isDark = (y: number) => Number.parseInt(pixels.at(middle, y).slice(1, 3), 16) < 0x40;
  const scale = (bar.bottom - bar.top) / 30;
  const blackAt = (value: number) => {
    const y = Math.round(bar.bottom - value * scale);
    // Blue too has no red: a whisker has little blue either.
    return isDark(y) && Number.parseInt(pixels.at(middle, y).slice(5), 16) < 0x60;
  };
  expect([18, 22, 30, 38].map(blackAt)).toEqual([false, true, true, true]);
  const without = await draw({ ...bars, series: [{ ...spread, low: [8, 20, null], high: [12, 40, null] }] });
  const ink = (p: typeof pixels) => p.of('#1a1c20', { left: 2 * third + 60 }).length;
  expect(ink(pixels)).toBe(ink(without));
});

test('whiskers below 0 stay inside the chart', async () => {
  const spread = { label: 'q', values: [-12, 4, null], low: [-20, -1, null], high: [-5, 9, null] };
  const pixels = await draw({ ...bars, series: [spread] });
  const bar = boxOf(pixels.of(blue, { right: Math.round(pixels.width / 3) }));
  expect(bar.bottom).toBeLessThan(pixels.height * 0.75);
});

test('the reference line is at its value', async () => {
  const pixels = await draw({ ...bars, horizontal: true, reference: { value: 30, label: 'chance' } });
  const longest = boxOf(pixels.of(blue)).right;
  const line = pixels.of('#5d646e', { left: longest - 3, right: longest + 5 });
  expect(line.length).toBeGreaterThan(30);
});

test('a histogram counts into chosen or given bins, two series side by side', async () => {
  const two = [...histogram.series, { label: 'distractors', values: [12, 13] }];
  const pixels = await draw({ ...histogram, series: two, bins: { start: 0, width: 10, count: 2 } });
  const half = Math.round(pixels.width / 2) + 50;
  const [keys, others] = [boxOf(pixels.of(blue, { right: half })), boxOf(pixels.of(orange, { left: half }))];
  expect(others.top).toBeGreaterThan(keys.top);
  await expect(renderChart({ ...histogram, bins: { start: 0, width: 5, count: 2 } })).rejects.toMatchObject({
    code: 'bad_chart',
  });
});

test('a line breaks at null, and a point alone is a dot', async () => {
  const withGap = (gap: number | null) => ({
    ...curve,
    lines: [{ label: 'a', points: [10, gap, 10, null, 10].map((y, x) => ({ x, y })) }],
  });
  const [whole, broken] = [await draw(withGap(10)), await draw(withGap(null))];
  const inPlot = { left: 200, right: 500 };
  expect(whole.of(blue, inPlot).length).toBeGreaterThan(4 * broken.of(blue, inPlot).length);
  expect(broken.of(blue, { left: broken.width - 60 }).length).toBeGreaterThan(20);
});

test('the marked point, the second axis and labels of points are drawn', async () => {
  const plain = (await renderChart(curve)).png;
  const lines = [{ label: 'a', points: [{ x: 0, y: 0, label: 'start' }, ...(curve.lines[0]?.points ?? [])] }];
  const second = [...curve.lines, { label: 'b', points: [{ x: 1, y: 900 }], secondAxis: true }];
  const others = [
    { ...curve, marked: { x: 1, y: 10, label: 'here' } },
    { ...curve, lines },
    { ...curve, lines: second, secondYAxis: 'topics' },
  ];
  for (const spec of others) expect((await renderChart(spec)).png.equals(plain)).toBe(false);
});

test('what has nothing to show or to say, or cannot be drawn truly, is refused with its code', async () => {
  const series = (values: (number | null)[]) => ({ ...bars, series: [{ label: 'q', values }] });
  const refused = async (spec: Parameters<typeof renderChart>[0], code: string) =>
    expect(renderChart(spec)).rejects.toMatchObject({ name: 'MmmcError', code });
  await refused(series([null, null, null]), 'empty_chart');
  await refused({ ...bars, categories: [], series: [] }, 'empty_chart');
  await refused({ ...curve, lines: [] }, 'empty_chart');
  await refused({ ...histogram, series: [{ label: 'keys', values: [] }] }, 'empty_chart');
  await refused({ ...bars, alt: ' ' }, 'empty_chart');
  await refused({ ...bars, title: '' }, 'empty_chart');
  await refused(series([1, Number.NaN, 2]), 'bad_chart');
  await refused(series([1, 2]), 'bad_chart');
  await refused(
    { ...curve, lines: [{ ...curve.lines[0], label: 'b', points: [{ x: 1, y: 2 }], secondAxis: true }] },
    'bad_chart',
  );
  await refused(JSON.parse('{"kind":"pie","title":"t","alt":"a"}'), 'unknown_chart');
});
