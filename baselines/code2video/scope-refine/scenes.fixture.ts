import type { SceneFacts } from '../../../harness/render/inspection.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';

/** What becomes of a code: the stage that stops it, with the error, the line given by its text; `null`: it renders. */
export type Fate = { stage: 'inspect' | 'check' | 'render'; error: SceneError } | null;

/** An exception at the first line of the code that holds `part`. */
export function raises(
  code: string,
  part: string,
  error: Partial<SceneError> & { stage?: 'inspect' | 'check' | 'render' } = {},
): Fate {
  const lines = code.split('\n');
  const at = lines.findIndex((line) => line.includes(part));
  if (at < 0) return null;
  const { stage = 'check', ...rest } = error;
  const frames = [{ line: at + 1, function: 'construct', source: lines[at]?.trim() ?? '' }];
  return {
    stage,
    error: { kind: 'exception', type: 'NameError', message: `${part} broke`, frames, ...rest },
  };
}

/** A section with a helper and two lecture lines; `parts` take the place of its statements. */
export function sceneFile({
  helper = 'return Dot()',
  first = 'dot = Dot()',
  second = 'ring = Circle()',
} = {}) {
  return `from manim import *
from teaching_scene import *

SIZE = 2


def mark():
    ${helper}


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout("Tests", ["One", "Two"])
        start = mark()

        self.line(1)
        a = 1
        b = 2
        c = 3
        ${first}
        d = 4
        e = 5
        f = 6
        self.wait(1)

        self.line(2)
        ${second}
        self.wait(2)
`;
}

export const fence = (code: string, tag = 'python') => `\`\`\`${tag}\n${code}\n\`\`\``;

/** A scene that fails at a name in the block of its first line. */
export const broken = sceneFile({ first: 'dot = Dott()' });
export const syntax = {
  stage: 'inspect',
  kind: 'syntax',
  type: 'SyntaxError',
  message: 'bad syntax',
} as const;

/** Code with `Dott` fails at its check, code with `Late` at its render, code with `((` does not parse. */
export const fate = (code: string): Fate =>
  raises(code, '((', syntax) ??
  raises(code, 'Dott') ??
  raises(code, 'Circel', { type: 'AttributeError' }) ??
  raises(code, 'Late', { stage: 'render', type: 'KeyError' });

/** A reply for the line scope of `broken` with this in the place of the failing line. */
export const lineReply = (text: string) => fence(`c = 3\n${text}\nd = 4`);
export const say = 'I cannot tell.';

/** Blocks and functions by the look of the text: enough for scenes that are written for these tests. */
export function factsOf(code: string): SceneFacts {
  const lines = code.trimEnd().split('\n');
  const indent = (text: string) => text.length - text.trimStart().length;
  const functions = lines.flatMap((text, i) => {
    const name = /^ *def (\w+)/.exec(text)?.[1];
    if (name === undefined) return [];
    const rest = lines.slice(i + 1).findIndex((t) => t.trim() !== '' && indent(t) <= indent(text));
    const last = rest < 0 ? lines.length : i + 1 + rest;
    return [{ name, start: i + 1, end: lines.slice(0, last).findLastIndex((t) => t.trim() !== '') + 1 }];
  });
  const construct = lines.indexOf('    def construct(self):') + 1;
  const starts = lines.flatMap((text, i) => (/^ {8}self\.line\(\d\)/.test(text) ? [i + 1] : []));
  const firsts = construct === 0 ? [] : [construct + 1, ...starts];
  const lineAt = (start: number) => Number(/^ {8}self\.line\((\d)\)/.exec(lines[start - 1] ?? '')?.[1] ?? 0);
  const blocks = firsts.map((start, i) => ({
    line: lineAt(start),
    start,
    end: (firsts[i + 1] ?? lines.length + 1) - 1,
  }));
  const names = lines.flatMap((text, i) => {
    const name = /^ *(\w+) = /.exec(text)?.[1];
    return name === undefined
      ? []
      : [{ name, scope: indent(text) === 0 ? '<module>' : 'construct', line: i + 1 }];
  });
  return {
    className: 'Section1Scene',
    names,
    blocks,
    functions,
    statements: [],
    placements: [],
    imports: [],
  };
}
