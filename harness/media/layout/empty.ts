import { type Box, heightOf, sharedArea, widthOf } from './box.ts';
import { type Sample, visibleOf } from './visible.ts';

/** Fineness of the look: the area is cut into so many cells each way. */
const cells = 12;

/**
 * The largest rectangle of `area` that no visible object's box touches, with its share of the area, 0-1; `null` where
 * nothing is free. Seen in steps of a twelfth of the area each way.
 */
export function emptyRegion(sample: Sample, area: Box): { box: Box; share: number } | null {
  const boxes = visibleOf(sample).map(({ object }) => object.box);
  const [stepX, stepY] = [widthOf(area) / cells, heightOf(area) / cells];
  const cell = (x: number, y: number, width = 1, height = 1): Box => [
    area[0] + x * stepX,
    area[1] + y * stepY,
    area[0] + (x + width) * stepX,
    area[1] + (y + height) * stepY,
  ];
  const free = (x: number, y: number) => boxes.every((box) => sharedArea(thick(box), cell(x, y)) === 0);
  let best = { x: 0, y: 0, width: 0, height: 0 };
  const heights = new Array<number>(cells).fill(0);
  for (let y = 0; y < cells; y++) {
    for (let x = 0; x < cells; x++) heights[x] = free(x, y) ? (heights[x] ?? 0) + 1 : 0;
    for (let x = 0; x < cells; x++) {
      let height = cells;
      for (let to = x; to < cells; to++) {
        height = Math.min(height, heights[to] ?? 0);
        const width = to - x + 1;
        if (width * height > best.width * best.height) best = { x, y: y - height + 1, width, height };
      }
    }
  }
  if (best.width === 0) return null;
  const share = (best.width * best.height) / cells ** 2;
  return { box: cell(best.x, best.y, best.width, best.height), share };
}

/** A line without breadth fills the cells it crosses too. */
function thick([left, bottom, right, top]: Box): Box {
  return [left - 0.01, bottom - 0.01, right + 0.01, top + 0.01];
}
