import { createCanvas, loadImage } from 'canvas';
import type { Chart } from './render.ts';

/** A chart's PNG as pixels, for tests: 2 a CSS px. */
export interface Pixels {
  width: number;
  height: number;
  /** `#rrggbb` of a pixel. */
  at(x: number, y: number): string;
  /** All pixels of a colour inside a box, `[x, y]`. */
  of(colour: string, box?: { left?: number; right?: number }): [number, number][];
}

/** Decodes a chart. */
export async function pixelsOf(chart: Chart): Promise<Pixels> {
  const picture = await loadImage(chart.png);
  const { width, height } = picture;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const hex = (n: number | undefined) => (n ?? 0).toString(16).padStart(2, '0');
  const at = (x: number, y: number) =>
    `#${[0, 1, 2].map((c) => hex(data[4 * (y * width + x) + c])).join('')}`;
  const of = (colour: string, { left = 0, right = width }: { left?: number; right?: number } = {}) => {
    const found: [number, number][] = [];
    for (let y = 0; y < height; y++)
      for (let x = left; x < right; x++) if (at(x, y) === colour) found.push([x, y]);
    return found;
  };
  return { width, height, at, of };
}

/** The box around pixels; Infinity where there are none. */
export function boxOf(pixels: readonly (readonly [number, number])[]) {
  const [xs, ys] = [pixels.map(([x]) => x), pixels.map(([, y]) => y)];
  const ends = (list: number[]) =>
    [
      list.reduce((a, b) => Math.min(a, b), Infinity),
      list.reduce((a, b) => Math.max(a, b), -Infinity),
    ] as const;
  const [[left, right], [top, bottom]] = [ends(xs), ends(ys)];
  return { left, right, top, bottom };
}
