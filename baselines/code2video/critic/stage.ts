import type { Box } from '../../../harness/media/layout/box.ts';
import { stageArea } from '../../../harness/media/layout/measure.ts';
import { cellsOf, gridOf, stageCentre } from '../anchors.ts';
import { anchorPoint } from '../reference.ts';
import type { AnchorMode } from '../settings.ts';
import type { MoveTo } from './critique.ts';

/** What the critic is told of the anchors; `null`: there are none to move anything to. */
export function anchorsFor(mode: AnchorMode) {
  const grid = gridOf(mode);
  if (grid !== null) return { mode: grid, cells: cellsOf(grid) };
  if (mode === 'centre') return { mode, cells: [{ cell: 'centre', ...stageCentre }] };
  return mode === 'self' ? { mode, cells: [] } : null;
}

/** The part of the plane around each anchor of a grid; none in the other modes. */
export function cellAreas(mode: AnchorMode): { cell: string; box: Box }[] {
  const grid = gridOf(mode);
  if (grid === null) return [];
  const half = 3 / Number(grid[0]);
  return cellsOf(grid).map(({ cell, x, y }) => ({ cell, box: [x - half, y - half, x + half, y + half] }));
}

/** A place as code says it: by anchors of the grid, or as a point in units. */
export type Target =
  | { kind: 'cell'; cell: string }
  | { kind: 'area'; topLeft: string; bottomRight: string }
  | { kind: 'point'; x: number; y: number };

/** Reads a place as this mode of anchors has it, or says why there is none such. */
export function targetOf(to: MoveTo, mode: AnchorMode): Target | { refused: string } {
  if (mode === 'none') return { refused: 'there are no anchors in this mode' };
  if (mode === 'self') return typeof to === 'object' && 'x' in to ? pointOf(to) : { refused: 'not a point' };
  if (mode === 'centre')
    return to === 'centre' ? { kind: 'point', ...stageCentre } : { refused: 'the one anchor is "centre"' };
  const cells = Array.isArray(to) ? to : [to];
  const unknown = cells.find((cell) => typeof cell !== 'string' || anchorPoint(mode, cell) === undefined);
  if (unknown !== undefined) return { refused: `no anchor ${JSON.stringify(unknown)} in the grid ${mode}` };
  const [first = '', last = first] = cells.filter((cell) => typeof cell === 'string');
  return first === last ? { kind: 'cell', cell: first } : { kind: 'area', topLeft: first, bottomRight: last };
}

function pointOf({ x, y }: { x: number; y: number }): Target | { refused: string } {
  const [left, bottom, right, top] = stageArea;
  const inside = left <= x && x <= right && bottom <= y && y <= top;
  return inside ? { kind: 'point', x, y } : { refused: `(${x}, ${y}) is not on the stage` };
}
