import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../store/hash.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openRenderer } from './manim-renderer.ts';
import { pythonVenv } from './python.ts';
import type { Renderer, Scene } from './renderer.ts';
import type { Sandbox } from './sandbox/port.ts';
import { openSandbox } from './sandbox/sandbox.ts';
import { lesson } from './scenes.fixture.ts';

const { signal } = new AbortController();
const venv = pythonVenv();
const play = "self.play(Write(Text('a')))";
let sandbox: Sandbox;
let renderer: Renderer;

beforeAll(async () => {
  sandbox = await openSandbox();
  renderer = openRenderer({ sandbox, python: { venv } });
});

describe('a fork of the warm process and a process of its own', () => {
  const scenes = {
    'a good scene': lesson(
      'import random',
      "title = Text('Random').shift(random.random() * UP + np.random.rand() * LEFT)",
      "formula = MathTex(r'e^{i\\pi}')",
      'self.play(Write(title), FadeIn(formula))',
      'self.play(title.animate.shift(DOWN))',
    ),
    'a wrong name': lesson(play, 'nme'),
    'LaTeX that fails': lesson("MathTex(r'\\frca{1}{2}')"),
    'endless recursion': lesson('def f(n): return f(n + 1)', 'f(0)'),
    'a bad exit': lesson('import os', "os.write(2, b'last words')", 'os._exit(3)'),
  };

  it.each(Object.entries(scenes))('say and draw the same: %s', async (_what, scene) => {
    using folder = temporaryFolder();
    const cold = openRenderer({ sandbox, python: { venv }, warm: false });
    const told = [];
    for (const [worker, by] of [
      ['cold', cold],
      ['warm', renderer],
    ] as const) {
      const place = join(folder.path, worker);
      mkdirSync(place);
      const { cost, ...checked } = await by.check(scene, { signal });
      expect([cost.worker, cost.whyCold]).toEqual([worker, undefined]);
      const made = checked.ok ? await filesOf(by, scene, place) : [];
      told.push({ checked, made });
    }
    expect(told[1]).toEqual(told[0]);
  });
});

describe('TeX results', () => {
  it('are shared within a cell, and give a scene nothing that another cell made', async () => {
    using folder = temporaryFolder();
    const [own, other] = [join(folder.path, 'own'), join(folder.path, 'other')];
    const scene = lesson("formula = MathTex(r'a^2 + b^2')", 'self.play(Write(formula))');
    const counted = lesson(
      'from manim.utils import tex_file_writing',
      'def compile_tex(*_): raise RuntimeError("typeset")',
      'tex_file_writing.compile_tex = compile_tex',
      "formula = MathTex(r'a^2 + b^2')",
      'self.play(Write(formula))',
    );
    expect(await renderer.check(scene, { signal, texCache: own })).toMatchObject({ ok: true });
    const entries = readdirSync(own);
    expect(entries).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.svg$/)]);
    expect(await renderer.check(counted, { signal, texCache: own })).toMatchObject({ ok: true });
    expect(await renderer.check(counted, { signal, texCache: other })).toMatchObject({
      ok: false,
      error: { message: 'typeset' },
    });
    expect(existsSync(other)).toBe(false);
  });

  it('are taken out of a job only where each is a plain SVG under a new name', async () => {
    using folder = temporaryFolder();
    const cache = join(folder.path, 'cache');
    mkdirSync(cache);
    const name = (digit: string) => `${digit.repeat(64)}.svg`;
    writeFileSync(join(cache, name('0')), '<svg></svg>');
    const script = '<svg><script>1</script></svg>';
    const scene = lesson(
      'import os',
      "os.makedirs('tex')",
      `open('tex/${name('0')}', 'w').write('<svg><path d="other"/></svg>')`,
      `open('tex/${name('1')}', 'w').write('${script}')`,
      `os.symlink('/etc/passwd', 'tex/${name('2')}')`,
      `open('tex/${name('3')}', 'w').write('<svg>' + ' ' * 300_000 + '</svg>')`,
      "open('tex/name.svg', 'w').write('<svg></svg>')",
      `open('tex/${name('4')}', 'w').write('<svg><path d="M0 0"/></svg>')`,
      `assert not os.access('/trusted/tex/${name('0')}', os.W_OK)`,
      play,
    );
    expect(await renderer.check(scene, { signal, texCache: cache })).toMatchObject({ ok: true });
    expect(readdirSync(cache).toSorted()).toEqual([name('0'), name('4')]);
    expect(readFileSync(join(cache, name('0')), 'utf8')).toBe('<svg></svg>');
  });
});

/** Hashes of what a render leaves. */
async function filesOf(by: Renderer, scene: Scene, folder: string): Promise<string[]> {
  const result = await by.render(scene, { quality: 'low', folder, signal });
  if (!result.ok) throw new Error(result.error.message);
  return [result.files.video, result.files.geometry].map((file) => sha256(readFileSync(file)));
}
