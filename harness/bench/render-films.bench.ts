import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRenderer } from '../render/manim-renderer.ts';
import { pythonVenv } from '../render/python.ts';
import type { Renderer } from '../render/renderer.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import type { Measured } from './bench.ts';
import { withPlainManim } from './render-manim.ts';
import { benchScene, type Length, lengths, type SceneName, sceneNames } from './render-scenes.ts';

const { signal } = new AbortController();

/**
 * A good scene's film against `manim -ql`: time, size and likeness. That the frames before encoding are the same is
 * held by a test of the renderer.
 */
export async function bench(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  const renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });
  try {
    const { code, className } = benchScene('derivative', 1, true);
    await renderer.check({ code, className }, { signal }); // Starts the warm process.
    const found: Measured[] = [];
    for (const length of [12, 60] as const) {
      for (const name of sceneNames) found.push(...(await compare(renderer, folder, name, length)));
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  renderer: Renderer,
  folder: string,
  name: SceneName,
  length: Length,
): Promise<Measured[]> {
  const { code, className } = benchScene(name, lengths[length], false);
  const start = performance.now();
  const result = await renderer.render({ code, className }, { quality: 'low', folder, signal });
  const seconds = (performance.now() - start) / 1000;
  if (!result.ok) throw new Error(result.error.message);
  const { video } = result.files;
  return withPlainManim(code, [], (plain) => {
    if (plain.video === null) throw new Error(plain.said);
    const size = statSync(video).size / statSync(plain.video).size;
    const what = `film of ${name}, ${length} s`;
    return [
      { what, value: seconds, unit: 's', bar: 'none' },
      {
        what: `${what}: faster than manim -ql`,
        value: plain.seconds / seconds,
        unit: 'x',
        bar: { atLeast: 1.5 },
      },
      { what: `${what}: size beside manim's`, value: size, unit: 'x', bar: 'none' },
      {
        what: `${what}: SSIM with manim's`,
        value: ssim(video, plain.video),
        unit: '',
        bar: { atLeast: 0.99 },
      },
    ];
  });
}

/** Mean structural similarity of two films, all planes (ffmpeg's `ssim` filter). */
function ssim(a: string, b: string): number {
  const args = ['-hide_banner', '-i', a, '-i', b, '-lavfi', 'ssim', '-f', 'null', '-'];
  const { stderr } = spawnSync('ffmpeg', args, { encoding: 'utf8' });
  return Number(/All:([\d.]+)/.exec(stderr)?.[1] ?? Number.NaN);
}
