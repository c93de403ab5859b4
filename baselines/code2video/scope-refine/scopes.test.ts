import { describe, expect, it } from 'vitest';
import type { SceneError } from '../../../harness/render/renderer.ts';
import { factsOf, raises, sceneFile } from './scenes.fixture.ts';
import { scopesOf } from './scopes.ts';

function scopesAt(code: string, part: string, change: Partial<SceneError> = {}) {
  const error = raises(code, part, change)?.error;
  if (error === undefined) throw new Error(`no line with ${part}`);
  return scopesOf(code, error, factsOf(code)).map(({ kind, start, end }) => ({
    kind,
    text: code.split('\n').slice(start - 1, end),
  }));
}

describe('golden: the scopes of an error come from its last frame and the syntax tree', () => {
  it('line with neighbours, the block of the lecture line, the section', () => {
    const code = sceneFile({ first: 'dot = Dott()' });
    const [line, block, section] = scopesAt(code, 'Dott');
    expect(line).toEqual({
      kind: 'line',
      text: ['c = 3', 'dot = Dott()', 'd = 4'].map((text) => `        ${text}`),
    });
    expect(block?.text[0]).toBe('        self.line(1)');
    expect(block?.text.join('\n')).toMatch(/self\.wait\(1\)\s*$/);
    expect(section?.text).toEqual(code.trimEnd().split('\n'));
  });

  it('the printed words of an error count for nothing', () => {
    const code = sceneFile({ first: 'dot = Dott()' });
    const message = 'EndSceneEarlyException in file "manim/scene.py", line 3';
    expect(scopesAt(code, 'Dott', { message, type: 'X' })).toEqual(scopesAt(code, 'Dott'));
  });

  it('a function outside construct is the block of its lines', () => {
    const code = sceneFile({ helper: 'a = 1\n    b = 2\n    c = 3\n    bad()\n    return Dot()' });
    const [line, block] = scopesAt(code, 'bad()');
    expect(line?.text).toEqual(['    c = 3', '    bad()', '    return Dot()']);
    expect(block?.text[0]).toBe('def mark():');
    expect(block?.text).toHaveLength(6);
  });

  it('a statement of several lines stays whole, with no more neighbours than seven lines hold', () => {
    const call =
      'self.play(\n            Create(a),\n            bad(b),  # (\n            run_time=")",\n        )';
    const [line] = scopesAt(sceneFile({ first: call }), 'bad(b)');
    expect(line?.text.map((text) => text.trim())).toEqual([
      'c = 3',
      'self.play(',
      'Create(a),',
      'bad(b),  # (',
      'run_time=")",',
      ')',
      'd = 4',
    ]);
    const long = `self.play(\n${'            Create(a),\n'.repeat(9)}            bad(b),\n        )`;
    expect(scopesAt(sceneFile({ first: long }), 'bad(b)')[0]?.text).toHaveLength(12);
  });

  it('neighbours never reach into another block', () => {
    const [first] = scopesAt(sceneFile(), 'self.line(2)');
    expect(first?.text.map((text) => text.trim())).toEqual(['self.line(2)', 'ring = Circle()']);
    const [last] = scopesAt(sceneFile(), 'self.wait(1)');
    expect(last?.text.map((text) => text.trim())).toEqual(['f = 6', 'self.wait(1)']);
  });

  it('a block that is no wider than its line scope is left out', () => {
    const kinds = scopesAt(sceneFile({ second: 'ring = Circel()' }), 'Circel').map(({ kind }) => kind);
    expect(kinds).toEqual(['line', 'section']);
  });

  it('an error without a line, or with one that the file has not, has the section only', () => {
    const code = sceneFile();
    for (const frames of [[], [{ line: 999, function: 'construct', source: '' }]])
      expect(scopesAt(code, 'Dot', { kind: 'killed:cpu', frames }).map(({ kind }) => kind)).toEqual([
        'section',
      ]);
  });

  it('an error of the whole file has the section only, though it names the line of the class', () => {
    for (const type of ['no_animation', 'no_scene_class']) {
      const scopes = scopesAt(sceneFile(), 'class Section1Scene', { kind: 'static', type });
      expect(scopes.map(({ kind }) => kind)).toEqual(['section']);
    }
  });

  it('in a file that does not parse a line is a statement', () => {
    const code = sceneFile({ first: 'self.play(Create(a)' });
    const [line] = scopesAt(code, 'Create(a)', { kind: 'syntax', type: 'SyntaxError' });
    expect(line?.text.map((text) => text.trim())).toEqual(['c = 3', 'self.play(Create(a)', 'd = 4']);
  });
});
