import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const started = performance.now();
const children = new Set();

/** One line to stderr, with the time since the start: steps run side by side, so each line names its step. */
export function say(text) {
  process.stderr.write(`[${seconds(started).padStart(6)} s] ${text}\n`);
}

/**
 * Runs a step and says how long it took, and now and then that it is still running. A failure is said and
 * never thrown, so that the other steps go on; what is missing in the end is looked at anew.
 */
export async function step(name, work, detail = '') {
  const began = performance.now();
  say(`${name}: ${detail || 'started'}`);
  const reminder = setInterval(() => say(`${name}: still running, ${seconds(began)} s`), 20_000);
  try {
    await work();
    say(`${name}: done in ${seconds(began)} s`);
  } catch (error) {
    say(`${name}: FAILED after ${seconds(began)} s`);
    process.stderr.write(`${error.message}\n`);
  } finally {
    clearInterval(reminder);
  }
}

/**
 * Runs a command quietly. Throws with the end of its output when it fails. `lock` is a file descriptor
 * that the command holds too, so that a lock outlives us if the command does.
 */
export function run(argv, { cwd, env, lock } = {}) {
  return new Promise((done, fail) => {
    const stdio = ['ignore', 'pipe', 'pipe', ...(lock === undefined ? [] : [lock])];
    const child = spawn(argv[0], argv.slice(1), { cwd, env: { ...process.env, ...env }, stdio });
    children.add(child);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-6000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      children.delete(child);
      fail(new Error(`cannot start ${argv[0]}: ${error.message}`, { cause: error }));
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      if (code === 0) return done(output);
      const tail = output.trim().split('\n').slice(-25).join('\n');
      fail(new Error(`${argv.join(' ')}\nended with ${signal ?? code}:\n${tail}`));
    });
  });
}

/** The full path of a program on PATH, or undefined. */
export function findProgram(name) {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Whether a command ends well. */
export function succeeds(argv) {
  return spawnSync(argv[0], argv.slice(1), { stdio: 'ignore' }).status === 0;
}

/**
 * Until the returned function is called, an interruption ends the running commands too. Nothing is left half
 * done that the next set-up does not mend.
 */
export function endChildrenOnSignals() {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  const end = (signal) => {
    for (const child of children) child.kill('SIGTERM');
    say('interrupted; the same command goes on from here');
    process.exit(codes[signal]);
  };
  for (const signal of Object.keys(codes)) process.once(signal, end);
  return () => {
    for (const signal of Object.keys(codes)) process.off(signal, end);
  };
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}
