/** Left, bottom, right, top in Manim units: the form of boxes in geometry.json. */
export type Box = readonly [left: number, bottom: number, right: number, top: number];

export const widthOf = ([left, , right]: Box): number => right - left;
export const heightOf = ([, bottom, , top]: Box): number => top - bottom;
export const areaOf = (box: Box): number => widthOf(box) * heightOf(box);
export const centreOf = (box: Box): [x: number, y: number] => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];

/** Area that both cover, in square units; 0 where they only touch. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

/** How much of `part` lies in `whole`, 0-1; a box without area counts by its length, a point as in or out. */
export function shareInside(part: Box, whole: Box): number {
  const along = (low: number, high: number, from: number, to: number) =>
    high > low
      ? Math.max(0, Math.min(high, to) - Math.max(low, from)) / (high - low)
      : Number(low >= from && low <= to);
  return along(part[0], part[2], whole[0], whole[2]) * along(part[1], part[3], whole[1], whole[3]);
}

/** The smallest box around all of them; `null` around nothing. */
export function unionOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const edge = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) =>
    pick(...boxes.map((box) => box[index]));
  return [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
}

/** Do all four edges agree to within `by` units? */
export function nearlyEqual(a: Box, b: Box, by: number): boolean {
  return [0, 1, 2, 3].every((index) => Math.abs((a[index] ?? 0) - (b[index] ?? 0)) <= by);
}
