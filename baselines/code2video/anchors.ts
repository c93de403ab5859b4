import { anchorPoint, type Grid, grids, sceneReference } from './reference.ts';
import type { AnchorMode } from './settings.ts';

/** The grid of an anchor mode; `null` for the modes without one. */
export function gridOf(mode: AnchorMode): Grid | null {
  return grids.find((grid) => grid === mode) ?? null;
}

/** The middle of the stage: the one anchor of mode `centre`. */
export const stageCentre = { x: 3, y: -0.3 };

const withoutGrid: Readonly<Record<'none' | 'centre' | 'self', string>> = {
  none: '',
  centre: `The stage has one anchor, its centre at (${stageCentre.x}, ${stageCentre.y}): place things there, or relative to it.`,
  self: 'Choose the places yourself: before you write code, decide for each object at which point (x, y) of the stage its centre stands and how large it is, so that nothing overlaps, and use these points.',
};

/** What the coder is told of the scene class and of the anchors (paper section 4.3 and Table 7). */
export function referenceFor(mode: AnchorMode): string {
  const grid = gridOf(mode);
  if (grid !== null) return sceneReference(grid);
  const sentence = mode === 'none' || mode === 'centre' || mode === 'self' ? withoutGrid[mode] : '';
  return [sceneReference(null), ...(sentence === '' ? [] : [sentence])].join('\n\n');
}

/** All cells of a grid with their points, row by row. */
export function cellsOf(grid: Grid): { cell: string; x: number; y: number }[] {
  const [rows = 0, columns = 0] = grid.split('x').map(Number);
  return Array.from({ length: rows * columns }, (_, i) => {
    const cell = `${String.fromCharCode('A'.charCodeAt(0) + Math.floor(i / columns))}${(i % columns) + 1}`;
    return { cell, ...(anchorPoint(grid, cell) ?? stageCentre) };
  });
}
