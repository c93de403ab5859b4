import { expect, test } from 'vitest';
import { gridSize, onGrid } from './on-grid.ts';

test('a cell becomes the one that holds its point', () => {
  const code = `self.place_in(axes, "A1", 'F6'); self.place_at(dot, "C4"); Text("D4 and E6")`;
  expect(onGrid(code, 6)).toBe(code);
  expect(onGrid(code, 4)).toBe(
    `self.place_in(axes, "A1", 'D4'); self.place_at(dot, "B3"); Text("D4 and E6")`,
  );
  expect(onGrid(code, 8)).toBe(
    `self.place_in(axes, "A1", 'H8'); self.place_at(dot, "D5"); Text("D4 and E6")`,
  );
});

test('a request without a grid is on that of the lessons', () => {
  expect(['4x4', '8x8', '6x6', 'centre', 'none', undefined].map(gridSize)).toEqual([4, 8, 6, 6, 6, 6]);
});
