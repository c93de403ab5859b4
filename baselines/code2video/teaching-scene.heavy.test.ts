import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { pythonProgram, pythonVenv } from '../../harness/render/python.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { withWorkspace } from '../../harness/render/workspace.ts';
import { anchorPoint, type Grid, teachingModule } from './reference.ts';

const venv = pythonVenv();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const layoutSchema = z.object({
  cases: z.array(z.object({ title: box, lecture: box, glyphs: z.array(z.number()) })),
  cells: z.record(z.string(), z.tuple([z.number(), z.number()])),
  placed: box,
  small: box,
  kept: z.array(z.string()),
  refused: z.array(z.string().nullable()),
  lines: z.array(z.string().nullable()),
});

const english =
  'The quick brown fox jumps over the lazy dog again and again until the evening comes and all go home x';
const japanese =
  '二分探索は、ソート済みの配列から目的の値を探す方法で、毎回探索範囲を半分にする。計算量は対数で、要素が多くても速い。';
const cases = [
  { title: english, lines: Array.from({ length: 5 }, () => english) },
  { title: '二分探索とは何か', lines: [japanese, japanese] },
  { title: 'מהו חיפוש', lines: ['البحث الثنائي يجد قيمة في قائمة مرتبة', 'שוב', 'x'] },
  {
    title: 'One word',
    lines: ['Donaudampfschifffahrtsgesellschaftskapitaenswitwenrentenantragsformular', 'b'],
  },
  { title: '', lines: ['a', ' '] },
];

async function layout(grid: Grid, given: typeof cases) {
  return withWorkspace((space) =>
    withWorkspace(async (trusted) => {
      const program = readFileSync(join(import.meta.dirname, 'teaching_scene.fixture.py'));
      await trusted.write('fixture.py', program);
      await trusted.write('modules/teaching_scene.py', teachingModule(grid));
      await space.write('cases.json', JSON.stringify(given));
      const ran = await sandbox.run({
        argv: [pythonProgram(venv), '-B', '-s', '/trusted/fixture.py'],
        folder: space.folder,
        readOnly: { [venv]: venv, [trusted.folder]: '/trusted' },
        limits: { cpuSeconds: 90, wallSeconds: 110 },
      });
      const text = (await space.read('layout.json', 1e6))?.toString('utf8');
      if (text === undefined) throw new Error(ran.stderr.toString('utf8'));
      return layoutSchema.parse(JSON.parse(text));
    }),
  );
}

it('title and lecture lines keep their places, whatever is in them, and no word is lost', async () => {
  const found = await layout('6x6', cases);
  for (const [i, { title, lecture, glyphs }] of found.cases.entries()) {
    if (cases[i]?.title !== '') {
      expect(title[0]).toBeGreaterThan(-7);
      expect(title[1]).toBeGreaterThan(2.7);
      expect(title[2]).toBeLessThan(7);
    }
    expect(lecture[0]).toBeGreaterThan(-6.76);
    expect(lecture[1]).toBeGreaterThan(-3.25);
    expect(lecture[2]).toBeLessThan(-1.04);
    expect(lecture[3]).toBeLessThan(2.65);
    const letters = cases[i]?.lines.map((line) => line.replaceAll(/\s/g, '').length) ?? [];
    // A glyph may stand for two letters, and a letter may have two parts.
    for (const [n, count] of glyphs.entries()) expect(count).toBeGreaterThanOrEqual((letters[n] ?? 0) * 0.6);
  }
  expect(found.placed).toEqual([0.05, 0.75, 1.95, 2.65]);
  expect(found.small).toEqual([1.4, 1.1, 1.6, 1.3]);
  expect(found.kept).toEqual(['Square']);
  expect(found.refused[0]).toContain('call setup_layout first');
  for (const message of found.refused.slice(1)) expect(message).toContain('use a row A-F and a column 1-6');
  expect(found.lines[0]).toContain('lecture line 2 does not exist: there are 1');
  expect(found.lines[1]).toContain('list of strings');
});

it.each(['4x4', '8x8'] as const)('the anchors of %s are where the reference says', async (grid) => {
  const { cells } = await layout(grid, []);
  const [rows = 0, columns = 0] = grid.split('x').map(Number);
  expect(Object.keys(cells)).toHaveLength(rows * columns);
  for (const [cell, [x, y]] of Object.entries(cells)) {
    expect(anchorPoint(grid, cell)?.x).toBeCloseTo(x, 3);
    expect(anchorPoint(grid, cell)?.y).toBeCloseTo(y, 3);
  }
});
