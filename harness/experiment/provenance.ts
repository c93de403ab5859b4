import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../store/hash.ts';

const project = join(import.meta.dirname, '../..');

/** Where the figures of a run come from: code, packages, programs. Unknown things are said to be unknown. */
export interface Provenance {
  version: string;
  commit: string;
  dirty: boolean | null;
  lockfile: string;
  node: string;
  manim: string;
  ffmpeg: string;
  sandbox: string;
}

export function packageVersion(): string {
  return String(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).version);
}

export function collectProvenance(sandbox: string): Provenance {
  const commit = run('git', ['-C', project, 'rev-parse', 'HEAD']);
  const status = run('git', ['-C', project, 'status', '--porcelain']);
  const lock = join(project, 'package-lock.json');
  return {
    version: packageVersion(),
    commit: commit ?? 'unknown',
    dirty: status === null ? null : status !== '',
    lockfile: existsSync(lock) ? sha256(readFileSync(lock)) : 'unknown',
    node: process.versions.node,
    manim: pinned('manim') ?? 'unknown',
    ffmpeg: run('ffmpeg', ['-version'])?.split(' ')[2] ?? 'unknown',
    sandbox,
  };
}

function pinned(name: string): string | null {
  const path = join(project, 'harness/setup/python/requirements.txt');
  if (!existsSync(path)) return null;
  return new RegExp(`^${name}==([^\\s;\\\\]+)`, 'mi').exec(readFileSync(path, 'utf8'))?.[1] ?? null;
}

function run(program: string, args: readonly string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
