import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  anchorPoint,
  grids,
  sceneColors,
  sceneMethods,
  sceneReference,
  teachingModule,
} from './reference.ts';

const source = readFileSync(join(import.meta.dirname, 'teaching_scene.py'), 'utf8');

describe.each(grids)('the reference for %s', (grid) => {
  const reference = sceneReference(grid);

  it('has every public method of the class with its signature', () => {
    const body = /^class TeachingScene\(Scene\):\n[\s\S]*?(?=^\S)/m.exec(source)?.[0] ?? '';
    const names = [...body.matchAll(/^ {4}def ([a-z]\w*)\(/gm)].map(([, name]) => name);
    expect(sceneMethods().map(({ name }) => name)).toEqual(names);
    expect(names).toContain('place_in');
    for (const { name, parameters, doc } of sceneMethods()) {
      expect(reference).toContain(`\`self.${name}(${parameters})\`: ${doc}`);
      expect(doc.length).toBeGreaterThan(20);
    }
  });

  it('has every colour of the module', () => {
    const names = [...source.matchAll(/^(\w+) = ManimColor/gm)].map(([, name]) => name);
    expect(sceneColors().map(({ name }) => name)).toEqual(names);
    for (const { name, code } of sceneColors()) expect(reference).toContain(`\`${name}\` ${code}`);
  });

  it('and the module speak of the same grid', () => {
    const [rows, columns] = grid.split('x');
    expect(teachingModule(grid)).toContain(`GRID = (${rows}, ${columns})  #`);
    expect(teachingModule(grid).length).toBe(source.length);
    expect(reference).toContain(`columns 1 to ${columns}`);
  });
});

test('golden: anchors of the 6x6 grid are the published ones', () => {
  expect(anchorPoint('6x6', 'A1')).toEqual({ x: 0.5, y: 2.2 });
  expect(anchorPoint('6x6', 'F6')).toEqual({ x: 5.5, y: -2.8 });
  expect(anchorPoint('6x6', 'C4')).toEqual({ x: 3.5, y: 0.2 });
  expect(anchorPoint('4x4', 'D4')).toEqual({ x: 5.25, y: -2.55 });
  for (const cell of ['G7', 'A0', 'A7', 'a1', '', 'A11']) expect(anchorPoint('6x6', cell)).toBeUndefined();
  expect(teachingModule('6x6')).toBe(source);
});

test('without a grid nothing speaks of anchors', () => {
  expect(sceneReference(null)).not.toMatch(/anchor|place_|A1/);
  expect(sceneReference(null)).toContain('self.line(');
});
