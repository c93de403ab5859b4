import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.mjs';
import { findProgram, say } from './steps.mjs';

/**
 * Waits until no other set-up runs with this cache. The kernel holds the lock on the open file: it goes when
 * we and the commands that inherited it have ended, however they end. Gives the file descriptor, or undefined
 * where there is no flock (outside Linux).
 */
export async function takeLock() {
  if (!findProgram('flock')) return undefined;
  mkdirSync(cacheFolder(), { recursive: true });
  const file = openSync(join(cacheFolder(), 'setup.lock'), 'a', 0o644);
  if ((await flock(['-n', '3'], file)) === 0) return file;
  say('another set-up is running, waiting for it');
  const code = await flock(['3'], file);
  if (code !== 0) throw new Error(`flock ended with ${code}`);
  return file;
}

function flock(args, file) {
  return new Promise((done, fail) => {
    const child = spawn('flock', ['-x', ...args], { stdio: ['ignore', 'ignore', 'inherit', file] });
    child.on('error', fail);
    child.on('close', done);
  });
}
