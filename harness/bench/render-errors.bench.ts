import { openRenderer } from '../render/manim-renderer.ts';
import { pythonVenv } from '../render/python.ts';
import type { Renderer } from '../render/renderer.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import type { Measured } from './bench.ts';
import { withPlainManim } from './render-manim.ts';
import { benchScene, type Length, lengths, type SceneName, sceneNames } from './render-scenes.ts';
import { median } from './repeat.ts';

const bars = { 12: 2.5, 60: 10 } as const;
const { signal } = new AbortController();

/** From a scene that fails in its last animation to its error with its line, against `manim -ql` on the same file. */
export async function bench(): Promise<readonly Measured[]> {
  const renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });
  const start = await secondsToError(renderer, 'derivative', 12);
  const found: Measured[] = [
    {
      what: 'the first error of a run, start of the warm process included',
      value: start,
      unit: 's',
      bar: 'none',
    },
  ];
  for (const length of [12, 60] as const) {
    for (const name of sceneNames) found.push(...(await compare(renderer, name, length)));
  }
  return found;
}

/** Ours before, between and after theirs, so that what else the machine does weighs on both. */
async function compare(renderer: Renderer, name: SceneName, length: Length): Promise<Measured[]> {
  const times = [await secondsToError(renderer, name, length)];
  const plain: [string, number][] = [];
  for (const options of [[], ['--disable_caching']]) {
    plain.push([['manim -ql', ...options].join(' '), await secondsOfManim(name, length, options)]);
    times.push(await secondsToError(renderer, name, length));
  }
  const ours = median(times);
  const what = `error of ${name}, ${length} s`;
  return [
    { what, value: ours, unit: 's', bar: 'none' },
    ...plain.map(([command, seconds]) => ({
      what: `${what}: faster than ${command}`,
      value: seconds / ours,
      unit: 'x' as const,
      bar: { atLeast: bars[length] },
    })),
  ];
}

function secondsOfManim(name: SceneName, length: Length, options: readonly string[]): Promise<number> {
  const { code } = benchScene(name, lengths[length], true);
  return withPlainManim(code, options, ({ seconds, said }) => {
    if (!said.includes('NameError')) throw new Error(`manim does not name the error: ${said}`);
    return seconds;
  });
}

async function secondsToError(renderer: Renderer, name: SceneName, length: Length): Promise<number> {
  const { lastLine, ...scene } = benchScene(name, lengths[length], true);
  const start = performance.now();
  const result = await renderer.check(scene, { signal });
  const seconds = (performance.now() - start) / 1000;
  if (result.ok || result.error.frames.at(-1)?.line !== lastLine) throw new Error(JSON.stringify(result));
  if (result.cost.worker !== 'warm') throw new Error(`not warm: ${result.cost.whyCold}`);
  return seconds;
}
