import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonProgram, pythonVenv } from '../render/python.ts';

/** A run of `manim -ql` on a scene of ours, as one would type it, as polite as our own jobs are. */
export interface PlainRun {
  seconds: number;
  /** null when there is none. */
  video: string | null;
  /** All that it printed. */
  said: string;
}

/** Gives `use` the result; its folder goes afterwards. Not in the sandbox: the scenes are ours. */
export async function withPlainManim<T>(
  code: string,
  options: readonly string[],
  use: (run: PlainRun) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  try {
    writeFileSync(join(folder, 'scene.py'), code);
    const manim = [pythonProgram(pythonVenv()), '-m', 'manim', '-ql', ...options, 'scene.py', 'Lesson'];
    const start = performance.now();
    const said = await printedBy(['nice', '-n', '10', ...manim], folder);
    const seconds = (performance.now() - start) / 1000;
    const video = join(folder, 'media/videos/scene/480p15/Lesson.mp4');
    return await use({ seconds, video: existsSync(video) ? video : null, said });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printedBy([command = '', ...args]: readonly string[], cwd: string): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}
