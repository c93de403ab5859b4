import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { probeVideo } from '../media/probe.ts';
import { sha256 } from '../store/hash.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { readGeometry } from './geometry.ts';
import { openRenderer } from './manim-renderer.ts';
import { pythonProgram, pythonVenv } from './python.ts';
import type { Renderer, Scene, SceneError } from './renderer.ts';
import type { Sandbox } from './sandbox/port.ts';
import { openSandbox } from './sandbox/sandbox.ts';
import { lesson } from './scenes.fixture.ts';
import { withWorkspace } from './workspace.ts';

const { signal } = new AbortController();
const venv = pythonVenv();
let sandbox: Sandbox;
let renderer: Renderer;

beforeAll(async () => {
  sandbox = await openSandbox();
  const limits = { cpuSeconds: 8 };
  renderer = openRenderer({ sandbox, python: { venv }, limits: { check: limits } });
});

async function checkError(scene: Scene): Promise<SceneError> {
  const result = await renderer.check(scene, { signal });
  if (result.ok) throw new Error('the scene passed its check');
  return result.error;
}

const lineOf = (error: SceneError) => error.frames.at(-1)?.line;
const play = "self.play(Write(Text('a')))";

describe.concurrent('golden: an honest check says what is wrong and where', () => {
  it.each([
    ['a syntax error', ['x = (1,', 'self.wait(1'], 'syntax', 'SyntaxError', 6],
    ['a wrong name', [play, 'def slope(a):', '    return a + nme', 'slope(1)'], 'exception', 'NameError', 7],
    ['a bad unpack', [play, 'a, b = 1, 2, 3'], 'exception', 'ValueError', 6],
    ['a wrong argument', ['self.play(Create(Circle(colour=RED)))'], 'exception', 'TypeError', 5],
    ['LaTeX that fails', ['x = 1', "self.play(Write(MathTex(r'\\frca{1}{2}')))"], 'latex', 'ValueError', 6],
    ['a font that is missing', ["t = Text('a', font='Nonsuch Grotesk')"], 'font', 'font', 5],
    ['no animation', ["self.add(Text('a'))"], 'no_animation', 'no_animation', undefined],
    ['sys.exit', ['import sys', 'sys.exit(0)'], 'crashed', 'SystemExit', 6],
    ['KeyboardInterrupt', ['raise KeyboardInterrupt'], 'crashed', 'KeyboardInterrupt', 5],
    ['an endless loop', [play, 'while True:', '    pass'], 'killed:cpu', 'killed:cpu', undefined],
  ])('%s', async (_what, lines, kind, type, line) => {
    const error = await checkError(lesson(...lines));
    expect(error).toMatchObject({ kind, type });
    if (line !== undefined) expect(lineOf(error)).toBe(line);
  });

  it('shows the frames in the scene file from the outside in, with their source', async () => {
    const { frames } = await checkError(lesson('def f():', '    return 1 / 0', 'f()'));
    expect(frames).toEqual([
      { line: 7, function: 'construct', source: 'f()' },
      { line: 6, function: 'f', source: 'return 1 / 0' },
    ]);
  });

  it('shows the right source behind a text that holds line ends of another kind', async () => {
    const { frames } = await checkError(lesson("x = 'a\u2028b\u2029c\x0c'", '1 / 0'));
    expect(frames).toEqual([{ line: 6, function: 'construct', source: '1 / 0' }]);
  });

  it('quotes the TeX log, not the message that Manim raises', async () => {
    const { message } = await checkError(lesson("Tex(r'Let $x be')"));
    expect(message).toContain('invalid in math mode');
    expect(message).toContain('Let $x be');
    expect(message).not.toContain('See log output');
  });

  it('names the scene classes there are when the one asked for is missing', async () => {
    const error = await checkError({ ...lesson(play), className: 'Intro' });
    expect(error.kind).toBe('no_scene_class');
    expect(error.message).toContain('Lesson');
  });

  it('accepts a good scene with a trusted module that the scene cannot change', async () => {
    const code = [
      'from board import Board',
      'import os',
      'class Lesson(Board):',
      '    def construct(self):',
      '        assert not os.access("/trusted/modules/board.py", os.W_OK)',
      '        self.say("hello")',
    ].join('\n');
    const board =
      'from manim import *\nclass Board(Scene):\n    def say(self, t):\n        self.play(FadeIn(Text(t)))\n';
    const result = await renderer.check(
      { code, className: 'Lesson', modules: { 'board.py': board } },
      { signal },
    );
    expect(result).toMatchObject({ ok: true });
  });
});

describe.concurrent('golden: hostile scenes hurt themselves only', () => {
  it('cannot reach a file of the host or the worker with os.system', async () => {
    using folder = temporaryFolder();
    const canary = join(folder.path, 'canary');
    writeFileSync(canary, 'unchanged');
    const shell = `echo gone > ${canary}; echo x >> /trusted/worker.py; touch /usr/x; id`;
    const error = await checkError(lesson('import os', `os.system(${JSON.stringify(shell)})`, 'os._exit(0)'));
    expect(error.kind).toBe('crashed');
    expect(error.message).toContain('Read-only file system');
    expect(readFileSync(canary, 'utf8')).toBe('unchanged');
  });

  it('is not believed when it writes a result of its own', async () => {
    const forged = "open('result.json', 'w').write('{\"ok\": true}')";
    const error = await checkError(lesson(forged, 'import os', 'os._exit(0)'));
    expect(error).toMatchObject({ kind: 'crashed', frames: [] });
    expect(error.message).toContain('forged');
  });

  it('has no video when it says that it rendered and left a playlist', async () => {
    using folder = temporaryFolder();
    const scene = lesson(
      'import os',
      "open('video.mp4', 'w').write('#EXTM3U\\n#EXTINF:1,\\n/etc/passwd\\n')",
      "open('geometry.json', 'w').write('{}')",
      'open(\'result.json\', \'w\').write(\'{"ok": true, "animations": 1, "duration_s": 2}\')',
      'os._exit(0)',
    );
    const result = await renderer.render(scene, { quality: 'low', folder: folder.path, signal });
    expect(result).toMatchObject({ ok: false, error: { kind: 'no_video' } });
    expect(existsSync(join(folder.path, 'video.mp4'))).toBe(false);
  });
});

describe.concurrent('a render', () => {
  const brokenUpdater = lesson(
    'dot, calls = Dot(), []',
    'def move(mobject, dt):',
    '    calls.append(dt)',
    '    if len(calls) > 5:',
    "        raise RuntimeError('too far')",
    'dot.add_updater(move)',
    'self.add(dot)',
    'self.wait(2)',
  );

  it('reports an error inside an updater that the check could not see, and does not hang', async () => {
    using folder = temporaryFolder();
    expect(await renderer.check(brokenUpdater, { signal })).toMatchObject({ ok: true });
    const result = await renderer.render(brokenUpdater, { quality: 'low', folder: folder.path, signal });
    if (result.ok) throw new Error('it rendered');
    expect(result.error).toMatchObject({ kind: 'exception', type: 'RuntimeError', message: 'too far' });
    expect(result.error.frames.map((f) => f.line)).toEqual([12, 9]);
  });

  it('writes an mp4 of the right size, rate and length, and where things stood', async () => {
    using folder = temporaryFolder();
    const scene = lesson(
      "title = Text('Two words').to_edge(UP)",
      "lines = VGroup(Text('first'), Text('second')).arrange(DOWN)",
      'self.play(Write(title), FadeIn(lines))',
      "self.play(Transform(title, Text('Other').to_edge(UP)))",
      'dot, ring = Dot(LEFT * 3), Circle().shift(RIGHT * 3)',
      'self.play(FadeIn(dot, ring))',
      'self.wait(1)',
    );
    const result = await renderer.render(scene, { quality: 'low', folder: folder.path, signal });
    if (!result.ok) throw new Error(result.error.message);
    expect(await probeVideo(sandbox, result.files.video)).toMatchObject({
      ok: true,
      facts: { width: 854, height: 480, fps: 15, codec: 'h264', audio: false, durationS: 4 },
    });
    const geometry = await readGeometry(result.files.geometry);
    expect(geometry).toMatchObject({ codeSha256: sha256(scene.code), truncated: false, problems: [] });
    expect(geometry?.samples.map((s) => `${s.animation} ${s.phase}`).slice(0, 5)).toEqual([
      ...Array(3).fill('0 within'),
      '0 end',
      '1 within',
    ]);
    const last = geometry?.samples.at(-1)?.objects ?? [];
    expect(last.map((o) => [o.name, o.class, o.text])).toEqual([
      ['title', 'Text', 'Other'],
      ['lines', 'VGroup', undefined],
      ['lines[0]', 'Text', 'first'],
      ['lines[1]', 'Text', 'second'],
      // Faded in together, they are on the scene in a group without a name.
      ['dot', 'Dot', undefined],
      ['ring', 'Circle', undefined],
    ]);
    expect(geometry?.samples.at(-1)?.figures).toBe(2);
    const [left = 0, bottom = 0, right = 0, top = 0] = last[0]?.box ?? [];
    expect([left < 0, right > 0, bottom > 2.5, top]).toEqual([true, true, true, 3.5]);
  });

  it('draws the same frames as plain Manim, as many, and encodes them faithfully', async () => {
    const scene = lesson(
      "title = Text('Sum of squares').to_edge(UP)",
      "formula = MathTex(r'a^2', '+', r'b^2')",
      'dot = always_redraw(lambda: Dot(title.get_left()))',
      'self.add(dot)',
      'self.play(Write(title), run_time=0.7)',
      'self.play(TransformFromCopy(title, formula))',
      'self.play(LaggedStart(*[p.animate.shift(UP) for p in formula.copy()], lag_ratio=0.2))',
      'self.play(ReplacementTransform(formula, formula.copy().scale(2)))',
      "again = Text('Sum of squares').scale(0.5).rotate(0.3)",
      'title.set_color(RED).apply_function(lambda p: p * 1.1)',
      "twins = VGroup(again, Text('Sum of squares').shift(DOWN), MathTex(r'a^2').shift(DOWN * 2))",
      'self.play(FadeIn(twins), run_time=0.5)',
      'self.wait(0.51)',
      'dot.clear_updaters()',
      'self.wait(0.49)',
    );
    const [plain, stage] = await Promise.all([frames(scene, 'plain'), frames(scene, 'stage')]);
    expect(stage.written.length).toBeGreaterThan(50);
    expect(stage.written).toEqual(plain.written);
    expect(stage.furthest).toBeLessThan(3);
  });
});

/** The frames of a scene before encoding; see worker/compare_frames.fixture.py. */
async function frames(scene: Scene, by: 'plain' | 'stage') {
  return withWorkspace((space) =>
    withWorkspace(async (trusted) => {
      const fixture = 'compare_frames.fixture.py';
      for (const name of [
        'worker.py',
        'stage.py',
        'scene_errors.py',
        'scene_geometry.py',
        'scene_looks.py',
        'tex_cache.py',
        fixture,
      ]) {
        await trusted.write(name, readFileSync(join(import.meta.dirname, 'worker', name)));
      }
      await space.write('scene.py', scene.code);
      const ran = await sandbox.run({
        argv: [pythonProgram(venv), '-B', '-s', `/trusted/${fixture}`, by],
        folder: space.folder,
        readOnly: { [venv]: venv, [trusted.folder]: '/trusted' },
      });
      const text = await space.read('frames.json', 1_000_000);
      if (text === null) throw new Error(ran.stderr.toString());
      const read: { written: [string, number][]; furthest?: number } = JSON.parse(text.toString());
      return read;
    }),
  );
}
