import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './job-folder.ts';
import { readTree } from './process-tree.ts';
import { closed, exitOf, type Launcher, readableOf, textOf } from './program.ts';
import { stubArguments } from './stub.ts';

const failureFd = 3;

/** Counted per user over the whole system, so a limit for one job makes no sense. */
const meaningless = ['NPROC'];

/** What a program may know of the harness's environment. */
const passed = ['PATH', 'LANG', 'LC_ALL', 'TZ'];

/**
 * Starts jobs without any isolation, for `--unsafe-local`: a process group of their own, resource limits, an
 * environment of a few harmless names, and a home of their own. Paths inside are the host's; an argument or a value
 * of `env` that begins with a place of `readOnly` gets the host's path instead.
 */
export function localLauncher(readOnly: Readonly<Record<string, string>>): Launcher {
  return {
    kind: 'none',
    start(job, limits) {
      const home = mkdtempSync(join(tmpdir(), `mmmc-job-${process.pid}-home-`));
      const toHost = hostPaths({ ...readOnly, ...job.readOnly });
      const args = stubArguments(failureFd, limits, job.argv.map(toHost), meaningless);
      const child = spawn('python3', args, {
        cwd: job.folder,
        env: { ...localEnvironment(home), ...mapValues(job.env ?? {}, toHost) },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      });
      const failure = textOf(readableOf(child, failureFd));
      const kill = () => killTree(child.pid);
      return {
        stdout: readableOf(child, 1),
        stderr: readableOf(child, 2),
        root: () => child.pid,
        kill,
        ended: (async () => {
          const end = await exitOf(child, constants.signals);
          if (child.pid !== undefined) killOne(-child.pid); // what it left in its group
          await closed(child);
          await removeFolder(home);
          return failure() === '' ? end : { kind: 'not_started', reason: failure() };
        })(),
      };
    },
  };
}

function localEnvironment(home: string): Record<string, string> {
  const kept = passed.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    TMPDIR: home,
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
  };
}

function hostPaths(readOnly: Readonly<Record<string, string>>): (text: string) => string {
  const places = Object.entries(readOnly);
  return (text) => {
    const place = places.find(([, inside]) => text === inside || text.startsWith(`${inside}/`));
    return place ? place[0] + text.slice(place[1].length) : text;
  };
}

function mapValues(record: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** The group, and those who left it while their parents still live. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const state of readTree(pid)) killOne(state.pid);
  killOne(-pid);
}

function killOne(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch (error) {
    // It has ended; some systems say EPERM of a group in which nobody is alive.
    if (!(error instanceof Error && 'code' in error && /^(ESRCH|EPERM)$/.test(String(error.code))))
      throw error;
  }
}
