import { expect, it } from 'vitest';
import { anchorsFor, cellAreas, targetOf } from './stage.ts';

it('the critic is told the anchors of its mode', () => {
  expect(anchorsFor('none')).toBeNull();
  expect(anchorsFor('self')).toEqual({ mode: 'self', cells: [] });
  expect(anchorsFor('centre')).toEqual({ mode: 'centre', cells: [{ cell: 'centre', x: 3, y: -0.3 }] });
  const sizes = (['4x4', '6x6', '8x8'] as const).map((mode) => anchorsFor(mode)?.cells.length);
  expect(sizes).toEqual([16, 36, 64]);
  expect(anchorsFor('6x6')?.cells[0]).toEqual({ cell: 'A1', x: 0.5, y: 2.2 });
  const area = cellAreas('4x4').at(-1);
  expect(area?.cell).toBe('D4');
  expect(area?.box.map((edge) => edge.toFixed(2))).toEqual(['4.50', '-3.30', '6.00', '-1.80']);
});

it('golden: critic: a place is one of its mode, or refused', () => {
  expect(targetOf('F6', '6x6')).toEqual({ kind: 'cell', cell: 'F6' });
  expect(targetOf(['B2', 'C4'], '6x6')).toEqual({ kind: 'area', topLeft: 'B2', bottomRight: 'C4' });
  expect(targetOf(['B2', 'B2'], '6x6')).toEqual({ kind: 'cell', cell: 'B2' });
  expect(targetOf('H8', '8x8')).toEqual({ kind: 'cell', cell: 'H8' });
  expect(targetOf('centre', 'centre')).toEqual({ kind: 'point', x: 3, y: -0.3 });
  expect(targetOf({ x: 2, y: 1 }, 'self')).toEqual({ kind: 'point', x: 2, y: 1 });
  for (const [to, mode, refused] of [
    ['G7', '6x6', 'no anchor "G7" in the grid 6x6'],
    ['E5', '4x4', 'no anchor "E5" in the grid 4x4'],
    ['b3', '6x6', 'no anchor "b3" in the grid 6x6'],
    [{ x: 1, y: 1 }, '6x6', 'no anchor {"x":1,"y":1} in the grid 6x6'],
    ['B2', 'centre', 'the one anchor is "centre"'],
    ['B2', 'self', 'not a point'],
    [{ x: -3, y: 0 }, 'self', '(-3, 0) is not on the stage'],
    ['B2', 'none', 'there are no anchors in this mode'],
  ] as const) {
    expect(targetOf(to, mode)).toEqual({ refused });
  }
});
