import { describe, expect, test } from 'vitest';
import { prepareCode } from './scene-code.ts';

const className = 'Section1Scene';
const good = `from manim import *
from teaching_scene import *


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout("Title", ["one"])
        self.line(1)
`;
const fenced = (code: string) => `\`\`\`python\n${code}\`\`\``;
const prepared = (code: string) => prepareCode(fenced(code), { className });
const replaced = (from: string, to: string) => prepared(good.replace(from, to));

test('good code is left as it is', () => {
  expect(prepared(good)).toEqual({ code: good, notes: [] });
});

test.each([
  ['Windows line ends', good.replaceAll('\n', '\r\n')],
  ['tabs', good.replaceAll('    ', '\t')],
  ['a byte order mark', `\uFEFF${good}`],
  ['a shared indentation', good.replace(/^(?=.)/gm, '   ')],
  ['line numbers', good.replace(/^/gm, '7: ').replace(/7: $/, '')],
  ['a notebook command', `%%manim -ql Section1Scene\n${good}`],
])('%s go', (_, code) => {
  expect(prepared(code)?.code).toBe(good);
});

test.each(['SectionOne', 'Scene1', 'section_1_scene'])('the class name %s is mended', (name) => {
  const result = prepared(good.replace('Section1Scene', name));
  expect(result).toEqual({ code: good, notes: [`the class was called ${name}`] });
});

test('a mended name is changed where it names the class, not in a text on the screen', () => {
  const code = good
    .replace('Section1Scene', 'Pendulum')
    .replace('"Title"', '"Pendulum"')
    .replace('        self.line(1)', '        super(Pendulum, self).setup()\n        Pendulum.help(self)');
  const result = prepared(code)?.code;
  expect(result).toContain('class Section1Scene(TeachingScene)');
  expect(result).toContain('setup_layout("Pendulum"');
  expect(result).toContain('super(Section1Scene, self)');
  expect(result).toMatch(/\n\nPendulum = Section1Scene\n$/);
});

describe('the base class is TeachingScene', () => {
  test.each(['(Scene)', '(MovingCameraScene)', '(manim.Scene)', '', '()', '(Scene, ABC)'])(
    'instead of "%s"',
    (base) => {
      expect(replaced('(TeachingScene)', base)?.code).toBe(good);
    },
  );

  test('beside classes of the file', () => {
    const helper = 'class Board(Scene):\n    pass\n\n\nclass Section1Scene(Board)';
    expect(replaced('class Section1Scene(TeachingScene)', helper)?.code).toContain(
      'class Section1Scene(Board, TeachingScene):',
    );
    const teaching = helper.replace('Board(Scene)', 'Board(TeachingScene)');
    expect(replaced('class Section1Scene(TeachingScene)', teaching)?.notes).toEqual([]);
  });
});

test('missing imports are added, those of teaching_scene last', () => {
  expect(replaced('from teaching_scene import *\n', '')?.code).toBe(good);
  expect(replaced('from manim import *\nfrom teaching_scene import *\n', '')?.code).toBe(good);
  const future = replaced(
    'from manim import *\nfrom teaching_scene import *\n',
    'from __future__ import annotations\n',
  );
  expect(future?.code).toMatch(
    /^from __future__ import annotations\nfrom manim import \*\nfrom teaching_scene import \*\n/,
  );
});

test('code without any class keeps its lines and gets no class', () => {
  expect(prepareCode('```python\nx = 1\n```', { className })?.code).toMatch(/x = 1\n$/);
});

test('a reply without code is null', () => {
  expect(prepareCode('I cannot do that.', { className })).toBeNull();
  expect(prepareCode('', { className })).toBeNull();
});
