import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { harmless, head, teachingLesson as lesson } from './inspect.fixture.ts';
import { inspectScene } from './inspect.ts';
import type { Inspection } from './inspection.ts';
import { pythonProgram, pythonVenv } from './python.ts';
import type { Sandbox } from './sandbox/port.ts';
import { openSandbox } from './sandbox/sandbox.ts';

const { signal } = new AbortController();
const python = { venv: pythonVenv() };
const teaching = join(import.meta.dirname, '../../baselines/code2video/teaching_scene.py');
const modules = { 'teaching_scene.py': readFileSync(teaching, 'utf8') };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});

const inspect = (code: string): Promise<Inspection> =>
  inspectScene({ sandbox, python }, { code, className: 'Lesson', modules }, { signal });

function factsOf(inspection: Inspection) {
  return inspection.ok ? inspection : inspection.facts;
}

describe.concurrent('an inspection names what is certainly wrong, and where', () => {
  it.each([
    ['a bracket that is missing', lesson('x = (1,', 'self.wait(1'), 'SyntaxError', 7],
    ['an indentation', lesson('x = 1', '  y = 2'), 'IndentationError', 7],
    ['a return outside a function', `${lesson('pass')}return 1`, 'SyntaxError', 7],
    ['a null byte', lesson('x = "\0"'), 'ValueError', undefined],
    ['a name that nothing binds', lesson('self.play(ShowCreation(Circle()))'), 'NameError', 6],
    ['a name of another function', `${lesson('x = 1')}    def more(self):\n        print(x)`, 'NameError', 8],
    ['a name in a closure', lesson('f = lambda t: t + speed', 'f(1)'), 'NameError', 6],
    ['a name used too early', lesson('self.add(dot)', 'dot = Dot()'), 'UnboundLocalError', 6],
    ['a method that a class lacks', lesson('Circle().bounce()'), 'AttributeError', 6],
    ['a slip in a setter', lesson('Circle().shift(UP).set_colour(RED)'), 'AttributeError', 6],
    ['a method of a variable', lesson('c = Square()', 'self.add(c.roundify())'), 'AttributeError', 7],
    ['a method behind animate', lesson('c = Dot()', 'self.play(c.animate.jump(UP))'), 'AttributeError', 7],
    ['an attribute of a class', lesson('Create.foo'), 'AttributeError', 6],
    ['a method of self', lesson('self.plase_at(Dot(), "A1")'), 'AttributeError', 6],
    ['a camera that cannot move', lesson('self.camera.frame.scale(2)'), 'AttributeError', 6],
    ['a function of numpy', lesson('np.sine(1)'), 'AttributeError', 6],
    ['a keyword', lesson('self.add(Circle(', '    colour=RED))'), 'TypeError', 7],
    ['a package', `import manim_physics\n${lesson('pass')}`, 'ModuleNotFoundError', 1],
    ['a module of the system', `import os\n${lesson('os.listdir()')}`, 'ImportError', 1],
    ['a name Manim does not have', `from manim import Squircle\n${lesson('pass')}`, 'ImportError', 1],
    [
      'a module Manim does not have',
      `from manim.mobject.shapes import Ox\n${lesson('pass')}`,
      'ModuleNotFoundError',
      1,
    ],
    ['a file', lesson('open("x")'), 'PermissionError', 6],
    ['a file of numpy', lesson('np.load("x.npy")'), 'PermissionError', 6],
    ['a question to the user', lesson('n = input()'), 'PermissionError', 6],
    [
      'another class name',
      `${head}class Intro(Scene):\n    def construct(self):\n        self.wait()`,
      'no_scene_class',
      undefined,
    ],
    ['a class that is no scene', `${head}class Lesson(Circle):\n    pass`, 'no_scene_class', 2],
    ['a scene without construct', `${head}class Lesson(Scene):\n    pass`, 'no_animation', 2],
  ])('%s', async (_what, code, type, line) => {
    const found = await inspect(code);
    if (found.ok) throw new Error('nothing was found');
    const kind = ['SyntaxError', 'IndentationError', 'ValueError'].includes(type) ? 'syntax' : 'static';
    expect(found.error).toMatchObject({ kind, type });
    expect(found.error.frames.at(-1)?.line).toBe(line);
  });

  it('says what was meant, and in which function', async () => {
    const found = await inspect(lesson('self.plase_at(Dot(), "A1")', 'Dot().foo'));
    if (found.ok) throw new Error('nothing was found');
    expect(found.error.message).toContain("Did you mean 'place_at'?");
    expect(found.error.frames).toEqual([
      { line: 6, function: 'construct', source: 'self.plase_at(Dot(), "A1")' },
    ]);
    expect(found.problems.map((problem) => problem.frames[0]?.line)).toEqual([6, 7]);
  });
});

describe.concurrent('an inspection is silent where it is not certain', () => {
  it.each(Object.entries(harmless))('%s', async (_what, code) => {
    const found = await inspect(code);
    expect(found.ok ? [] : found.problems).toEqual([]);
  });

  it('about code that would act if it were run', async () => {
    expect((await inspect(`raise SystemExit\n${lesson('self.wait()')}`)).ok).toBe(true);
  });
});

describe.concurrent('an inspection tells what edits and repairs rest on', () => {
  const code = lesson(
    'self.setup_layout("T", ["a", "b"])',
    'title = Text("é𝕏").scale(0.5)',
    'self.line(1)',
    'title.animate.move_to(',
    '    self.anchor("B3"))',
    '# on to the second',
    'self.line(number=2)',
    'self.place_at(title[0], "C4", scale=0.8); self.place_in(mobject=title, top_left="A1", bottom_right="B2")',
    'for i in range(2):',
    '    self.wait(i)',
  );

  it('blocks by lecture line, statements, functions, imports, names', async () => {
    const facts = factsOf(await inspect(code));
    expect(facts.className).toBe('Lesson');
    expect(facts.blocks).toEqual([
      { line: 0, start: 6, end: 7 },
      { line: 1, start: 8, end: 11 },
      { line: 2, start: 12, end: 15 },
    ]);
    expect(facts.statements).toContainEqual({ start: 9, end: 10 });
    expect(facts.statements).toContainEqual({ start: 14, end: 15 });
    expect(facts.functions).toEqual([{ name: 'construct', start: 5, end: 15 }]);
    expect(facts.imports[1]).toEqual({ module: 'teaching_scene', names: ['*'], line: 2 });
    expect(facts.names).toContainEqual({ name: 'title', scope: 'construct', line: 7 });
  });

  it('placements, with ranges by which their source can be replaced', async () => {
    const { placements } = factsOf(await inspect(code));
    const lines = code.split('\n');
    expect(placements.map((p) => [p.method, p.root, p.assigned, p.animated, p.block])).toEqual([
      ['scale', null, 'title', false, 0],
      ['move_to', 'title', null, true, 1],
      ['place_at', 'title', null, false, 2],
      ['place_in', 'title', null, false, 2],
    ]);
    for (const argument of placements.flatMap((p) => [p.object, ...p.arguments])) {
      expect(lines[argument.line - 1]?.slice(argument.column, argument.endColumn)).toBe(argument.text);
    }
    expect(placements[2]?.object.text).toBe('title[0]');
    expect(placements[2]?.arguments.map((a) => [a.name, a.text])).toEqual([
      [null, 'title[0]'],
      [null, '"C4"'],
      ['scale', '0.8'],
    ]);
  });

  it('no block for a number that no line can have', async () => {
    const found = await inspect(lesson('self.line(1)', 'self.line(99999999999999999999)', 'self.wait()'));
    expect(found.ok && found.blocks).toEqual([{ line: 1, start: 6, end: 8 }]);
  });

  it('the blocks of a file that does not parse', async () => {
    const found = await inspect(code.replace('self.wait(i)', 'self.wait(i'));
    expect(found.ok).toBe(false);
    expect(factsOf(found).blocks.map(({ line, start }) => [line, start])).toEqual([
      [0, 6],
      [1, 8],
      [2, 12],
    ]);
  });
});

it('ends for code that is made to be hard to read', async () => {
  const deep = lesson(`x = ${'('.repeat(5000)}1${')'.repeat(5000)}`);
  const chain = lesson(`x = Circle()${'.shift(UP)'.repeat(3000)}`);
  const long = `x = 1\n`.repeat(200_000);
  const wrong = lesson('Circle().bounce(far)\n        '.repeat(10_000));
  for (const code of [deep, chain, long, wrong]) {
    expect((await inspect(code)).cost.cpuMs).toBeLessThan(10_000);
  }
});

it('rests on a list of names that is the installed Manim', () => {
  const program = join(import.meta.dirname, 'worker/manim_names.py');
  const committed = readFileSync(join(import.meta.dirname, 'worker/manim_names.json'), 'utf8');
  // Differs? Write it anew: manim_names.py prints it.
  const installed = execFileSync(pythonProgram(python.venv), ['-B', program], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  expect(JSON.parse(committed)).toEqual(JSON.parse(installed));
  expect(JSON.parse(committed)).toMatchObject({ manim: '0.19.0' });
});
