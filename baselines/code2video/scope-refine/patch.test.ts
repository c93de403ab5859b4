import { describe, expect, it } from 'vitest';
import { applyPatch } from './patch.ts';
import { fence, sceneFile } from './scenes.fixture.ts';
import type { Scope } from './types.ts';

const code = sceneFile({ first: 'dot = Dott()' });
const lines = code.split('\n');
const at = lines.findIndex((line) => line.includes('Dott')) + 1;
/** The failing line with two neighbours on either side. */
const scope: Scope = { kind: 'line', start: at - 2, end: at + 2 };
const mended = ['        b = 2', '        c = 3', '        dot = Dot()', '        d = 4', '        e = 5'];

const patch = (reply: string, of: Scope = scope, from = code) =>
  applyPatch(from, of, reply, 'Section1Scene')?.code ?? null;
/** `construct` alone, with so many spaces before it. */
const methodOf = (file: string, depth = 0) => {
  const all = file.split('\n');
  const method = all.slice(all.findIndex((line) => line.includes('def construct')));
  return method.map((line) => line.slice(4 - depth)).join('\n');
};
const expected = code.replace('Dott', 'Dot');
const dedented = mended.map((line) => line.trimStart()).join('\n');

describe('golden: a patch is put in its scope, whatever the form of the reply', () => {
  const replies: [string, string][] = [
    ['a python fence', fence(mended.join('\n'))],
    ['a fence without a tag', fence(mended.join('\n'), '')],
    ['a fence tagged py', fence(mended.join('\n'), 'py')],
    ['a fence tagged Python', fence(mended.join('\n'), 'Python')],
    ['a fence with an odd tag', fence(mended.join('\n'), 'text')],
    ['prose around the fence', `The name was wrong.\n\n${fence(mended.join('\n'))}\n\nIt works now.`],
    ['a fence that was never closed', `Here:\n\`\`\`python\n${mended.join('\n')}`],
    ['no fence at all', `Here are the lines:\n\n${mended.join('\n')}\n\nThat is all.`],
    ['line ends of another system', fence(mended.join('\n')).replaceAll('\n', '\r\n')],
    ['a dedented reply', fence(dedented)],
    ['a first line that lost its spaces', fence(mended.join('\n').trimStart())],
    ['an over-indented reply', fence(mended.map((line) => `    ${line}`).join('\n'))],
    ['tabs', fence(mended.map((line) => `\t\t${line.trimStart()}`).join('\n'))],
    ['repeated line numbers', fence(mended.map((line, i) => `${at - 2 + i}: ${line}`).join('\n'))],
    ['line numbers without a fence', mended.map((line, i) => `${at - 2 + i}| ${line}`).join('\n')],
    ['empty lines at both ends', fence(`\n\n${mended.join('\n')}\n\n`)],
    ['the whole file', fence(expected)],
    ['the whole method', fence(methodOf(expected))],
    ['the whole method as deep as it stands', fence(methodOf(expected, 4))],
  ];
  it.each(replies)('%s', (_form, reply) => {
    expect(patch(reply)).toBe(expected);
  });
});

describe('golden: outside the scope a file stays byte for byte', () => {
  it('where the same lines occur elsewhere, only those of the scope change', () => {
    const twice = sceneFile({ first: 'x = Dott()', second: 'x = Dott()' });
    const second = twice.split('\n').lastIndexOf('        x = Dott()') + 1;
    const done = patch(fence('x = Dot()'), { kind: 'line', start: second, end: second }, twice);
    const wanted = twice.split('\n');
    wanted[second - 1] = '        x = Dot()';
    expect(done?.split('\n')).toEqual(wanted);
  });

  it('empty lines, trailing spaces and strings of several lines included', () => {
    const odd = code
      .replace('SIZE = 2', 'SIZE = 2  \n\n\n\nTEXT = """a\n\n\n\tb  \n"""')
      .replace('f = 6', 'f = "é" # \u00a0');
    const start = odd.split('\n').findIndex((line) => line.includes('Dott')) + 1;
    const done = patch(fence('dot = Dot()\ndot.scale(2)'), { kind: 'line', start, end: start }, odd);
    expect(done).toBe(odd.replace('        dot = Dott()', '        dot = Dot()\n        dot.scale(2)'));
  });

  it('a whole file that differs elsewhere is no patch', () => {
    expect(patch(fence(expected.replace('SIZE = 2', 'SIZE = 3')))).toBeNull();
    expect(patch(fence(`${expected}\n# more`))).toBeNull();
  });

  it('strings of several lines in a dedented patch keep their own spaces', () => {
    const one: Scope = { kind: 'line', start: at, end: at };
    const done = patch(fence('dot = Text("""a\n  b\n""")\nd = 1'), one);
    expect(done).toContain('\n        dot = Text("""a\n  b\n""")\n        d = 1\n');
  });

  it('a loop keeps its shape where its first line lost its spaces, and where all did', () => {
    const one: Scope = { kind: 'line', start: at, end: at };
    const loop = '        for i in range(2):\n            self.add(Dot())';
    for (const reply of [loop, loop.trimStart(), 'for i in range(2):\n    self.add(Dot())'])
      expect(patch(fence(reply), one)).toBe(code.replace('        dot = Dott()', loop));
    const helper: Scope = { kind: 'block', start: 8, end: 8 };
    const inner = 'for i in range(2):\n    use(i)';
    expect(patch(fence(inner), helper)).toContain('\n    for i in range(2):\n        use(i)\n');
  });
});

it('imports and base class that a patch takes away are imposed again', () => {
  const head: Scope = { kind: 'line', start: 1, end: 2 };
  expect(patch(fence('import math'), head)).toMatch(
    /^from manim import \*\nfrom teaching_scene import \*\nimport math\n/,
  );
  const klass = lines.findIndex((line) => line.startsWith('class ')) + 1;
  expect(patch(fence('class Section1Scene(Scene):'), { kind: 'line', start: klass, end: klass })).toBe(code);
});

it.each([
  'I cannot tell what is wrong with it.',
  '',
  '```python\n```',
  'The context is insufficient: I need the error, the line, and the scope.',
])('a reply without code is no patch: %s', (reply) => {
  expect(patch(reply)).toBeNull();
});

it('the whole file counts for its part also where that holds the head of the class', () => {
  const head = lines.findIndex((line) => line.startsWith('class ')) + 1;
  const around: Scope = { kind: 'line', start: head - 4, end: head + 2 };
  expect(patch(fence(code), around)).toBe(code);
  expect(patch(fence(expected), around)).toBeNull();
  expect(patch(fence(lines.slice(around.start - 1, around.end).join('\n')), around)).toBe(code);
});

describe('golden: a scene or a method of its own is never put inside construct', () => {
  const part = methodOf(expected).split('\n').slice(0, 9).join('\n');
  const replies: [string, string][] = [
    ['a part of the method', part],
    ['the method with another line elsewhere', methodOf(expected).replace('f = 6', 'f = 7')],
    ['a scene of another base', expected.replace('(TeachingScene)', '(Scene)')],
  ];
  it.each(replies)('%s', (_form, reply) => {
    expect(patch(fence(reply))).toBeNull();
  });
});
