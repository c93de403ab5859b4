import type { Chart } from './render.ts';

/** A chart as an address for `<img src>`, so that a page stays one file. */
export function dataUri({ png }: Pick<Chart, 'png'>): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}
