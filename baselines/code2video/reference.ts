import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows and columns of the anchor grid; every grid covers the same stage. */
export const grids = ['4x4', '6x6', '8x8'] as const;
export type Grid = (typeof grids)[number];

const source = readFileSync(join(import.meta.dirname, 'teaching_scene.py'), 'utf8');
const gridLine = /^GRID = \(6, 6\)/m;

/** The text of teaching_scene.py for a grid: what a scene imports, the same file but for one line. */
export function teachingModule(grid: Grid = '6x6'): string {
  const [rows, columns] = sides(grid);
  return source.replace(gridLine, `GRID = (${rows}, ${columns})`);
}

function sides(grid: Grid): [rows: number, columns: number] {
  const [rows = 0, columns = 0] = grid.split('x').map(Number);
  return [rows, columns];
}

/** One public method as a scene calls it. */
export interface Method {
  name: string;
  /** Its parameters without `self`, as the definition has them. */
  parameters: string;
  doc: string;
}

/** The public methods of TeachingScene, in the order of the file. */
export function sceneMethods(): Method[] {
  const definition = /^ {4}def ([a-z]\w*)\(self(?:, )?(.*)\):\n {8}"""([^"]*(?:"[^"]+)*?)"""/gm;
  return [...classBody().matchAll(definition)].map(([, name = '', parameters = '', doc = '']) => ({
    name,
    parameters,
    doc: doc.replace(/\s+/g, ' '),
  }));
}

function classBody(): string {
  return /^class TeachingScene\(Scene\):\n((?: {4}.*\n|\n)+)/m.exec(source)?.[1] ?? '';
}

/** The colours of a lesson: name, hexadecimal code, and what it stands for. */
export function sceneColors(): { name: string; code: string; use: string }[] {
  const definition = /^([A-Z]+) = ManimColor\("(#[0-9A-F]{6})"\)(?: {2}# (.*))?$/gm;
  return [...source.matchAll(definition)].map(([, name = '', code = '', use = '']) => ({ name, code, use }));
}

/** A number that teaching_scene.py gives a name, such as SMALLEST_SIZE. */
function constant(name: string): number {
  const value = new RegExp(`^${name} = (-?[\\d.]+)`, 'm').exec(source)?.[1];
  if (value === undefined) throw new Error(`teaching_scene.py has no constant ${name}`);
  return Number(value);
}

/** The point (x, y) of an anchor as `TeachingScene.anchor` gives it; `undefined` for a cell that the grid does not have. */
export function anchorPoint(grid: Grid, cell: string): { x: number; y: number } | undefined {
  const [rows, columns] = sides(grid);
  const row = cell.charCodeAt(0) - 'A'.charCodeAt(0);
  const column = Number(cell.slice(1)) - 1;
  if (!/^[A-H][1-8]$/.test(cell) || row >= rows || column >= columns) return undefined;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { x: round((6 * (column + 0.5)) / columns), y: round(2.7 - (6 * (row + 0.5)) / rows) };
}

/** Methods that speak of anchors: without a grid they are not shown. */
const onGrid = ['anchor', 'place_at', 'place_in'];

/**
 * What a coder is told of `teaching_scene`, taken from the file itself: methods with their signatures, colours, sizes and
 * the grid. `grid: null` leaves the anchors out, for the ablation without them.
 */
export function sceneReference(grid: Grid | null = '6x6'): string {
  const methods = sceneMethods().filter(({ name }) => grid !== null || !onGrid.includes(name));
  return [
    'The frame is 14.22 units wide and 8 high, the origin in its centre. The title stands at the top, the lecture lines at the left of x = -1.05. The stage is at the right, x from 0 to 6, y from 2.7 down to -3.3.',
    ...(grid === null ? [] : [gridSentence(grid)]),
    `Methods of TeachingScene:\n${methods.map((m) => `- \`self.${m.name}(${m.parameters})\`: ${m.doc}`).join('\n')}`,
    `Colours (names of the module; use them by their meaning):\n${sceneColors()
      .map(({ name, code, use }) => `- \`${name}\` ${code}${use === '' ? '' : `: ${use}`}`)
      .join('\n')}`,
    `Font sizes: title ${constant('TITLE_SIZE')}, lecture lines ${constant('LINE_SIZE')}, both set for you; no text of yours smaller than ${constant('SMALLEST_SIZE')}.`,
  ].join('\n\n');
}

function gridSentence(grid: Grid): string {
  const [rows, columns] = sides(grid);
  const last = `${String.fromCharCode('A'.charCodeAt(0) + rows - 1)}${columns}`;
  const at = (cell: string) => {
    const point = anchorPoint(grid, cell);
    return `${cell} is at (${point?.x}, ${point?.y})`;
  };
  return `The stage is a grid of anchors: rows A to ${last[0]} from the top, columns 1 to ${columns} from the left, cells ${6 / columns} wide and ${6 / rows} high; ${at('A1')}, ${at(last)}.`;
}
