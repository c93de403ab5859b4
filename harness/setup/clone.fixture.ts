import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { projectFolder, pythonFolder } from './paths.mjs';

/** A small clone of the project with one npm package that needs no network, and a cache with the real venv. */
export function makeClone(): { clone: string; cache: string } {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-clone-'));
  const [clone, cache] = [join(folder, 'clone'), join(folder, 'cache')];
  cpSync(join(projectFolder, 'harness/setup'), join(clone, 'harness/setup'), { recursive: true });
  mkdirSync(join(clone, 'dep'));
  mkdirSync(cache);
  for (const venv of [pythonFolder(), pythonFolder('statistics')])
    symlinkSync(venv, join(cache, basename(venv)));
  const root = { name: 'clone', version: '0.0.0', dependencies: { dep: 'file:./dep' } };
  writeJson(join(clone, 'package.json'), root);
  writeJson(join(clone, 'dep/package.json'), { name: 'dep', version: '1.0.0' });
  writeJson(join(clone, 'package-lock.json'), {
    name: 'clone',
    version: '0.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, dep: { version: '1.0.0' }, 'node_modules/dep': { resolved: 'dep', link: true } },
  });
  return { clone, cache };
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value));
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  ms: number;
}

/** Runs a script of set-up with the running Node; `withoutRights` it runs in a user namespace where nobody is root. */
export function runScript(
  script: string,
  options: { args?: readonly string[]; env?: NodeJS.ProcessEnv; withoutRights?: boolean } = {},
): Promise<Ended> {
  const began = performance.now();
  const { args = [], env = {}, withoutRights = false } = options;
  const [program = '', ...rest] = [
    ...(withoutRights ? ['unshare', '--user'] : []),
    process.execPath,
    script,
    ...args,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { env: { ...process.env, ...env } });
    const ended = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ended, code, ms: performance.now() - began }));
  });
}
