import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const project = join(import.meta.dirname, '../..');
const launcher = join(project, 'harness/cli/mmmc.mjs');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

/** Starts the real command line, as a user would. */
export function startMmmc(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const start = performance.now();
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: options.cwd ?? project,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr, seconds: (performance.now() - start) / 1000 });
    });
  });
  return { child, ended };
}

/** Runs it to its end. */
export function mmmc(args: readonly string[], options: Parameters<typeof startMmmc>[1] = {}): Promise<Ended> {
  return startMmmc(args, options).ended;
}
