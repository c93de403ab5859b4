import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { MmmcError } from '../../store/errors.ts';
import { bwrapArguments } from './bwrap-arguments.ts';
import { harnessIsRoot, jobUser } from './job-user.ts';
import { type ProcessState, readProcess } from './process-tree.ts';
import { closed, exitOf, type Launcher, type ProgramEnd, readableOf, textOf, writableOf } from './program.ts';
import { buildSeccompFilter } from './seccomp.ts';
import { stubArguments } from './stub.ts';

/** Descriptors that bubblewrap and the stub are told of. */
const fd = { status: 3, filter: 4, failure: 5 } as const;

/** Debian's own, since the view shows /usr and no other interpreter. */
const python = '/usr/bin/python3';

/** Yields the core to the harness, is the kernel's first choice when memory ends, and is never root. */
export function prefix(): string[] {
  const polite = ['/usr/bin/nice', '-n', '10', '/usr/bin/choom', '-n', '1000', '--'];
  if (!harnessIsRoot()) return polite;
  const drop = ['--clear-groups', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all'];
  return [
    ...polite,
    ...['/usr/bin/setpriv', `--reuid=${jobUser}`, `--regid=${jobUser}`, ...drop, '--no-new-privs', '--'],
  ];
}

/**
 * Starts jobs in bubblewrap: namespaces of their own, no network, one writable folder, filtered system calls. The
 * environment of bubblewrap itself is empty, since the job can read it in /proc/1/environ.
 */
export function bwrapLauncher(readOnly: Readonly<Record<string, string>>): Launcher {
  const filter = buildSeccompFilter();
  return {
    kind: 'bwrap',
    start(job, limits) {
      const [command = '', ...args] = [
        ...prefix(),
        '/usr/bin/bwrap',
        ...bwrapArguments({
          folder: job.folder,
          readOnly: checkedPaths({ ...readOnly, ...job.readOnly }),
          env: job.env ?? {},
        }),
        ...['--json-status-fd', String(fd.status), '--seccomp', String(fd.filter), '--', python],
        ...stubArguments(fd.failure, limits, job.argv),
      ];
      const stdio = ['ignore' as const, ...Array.from({ length: 5 }, () => 'pipe' as const)];
      const child = spawn(command, args, { env: {}, cwd: '/', stdio });
      const input = writableOf(child, fd.filter);
      input.on('error', () => {}); // Its reader ended early; why is told on the status descriptor.
      input.end(filter);
      return follow(child);
    },
  };
}

function follow(child: ChildProcess): ReturnType<Launcher['start']> {
  const status = textOf(readableOf(child, fd.status));
  const failure = textOf(readableOf(child, fd.failure));
  const stderr = readableOf(child, 2);
  const firstWords = textOf(stderr);
  let first: ProcessState | undefined;
  const root = () => {
    const pid = numberIn(status(), 'child-pid');
    if (pid !== undefined) first ??= readProcess(pid);
    return pid;
  };
  readableOf(child, fd.status).on('data', root);
  return {
    stdout: readableOf(child, 1),
    stderr,
    root,
    kill: () => child.kill('SIGKILL'),
    ended: (async () => {
      const end = await exitOf(child, {});
      if (end.kind === 'not_started') return end;
      await gone(first);
      await closed(child);
      return verdictOf(status(), failure(), firstWords());
    })(),
  };
}

/** bubblewrap reports an exit code only when the program, at least the stub, has run. */
function verdictOf(status: string, failure: string, stderr: string): ProgramEnd {
  if (failure !== '') return { kind: 'not_started', reason: failure };
  const code = numberIn(status, 'exit-code');
  if (code !== undefined) return { kind: 'exit', code };
  return { kind: 'not_started', reason: stderr.trim().slice(0, 500) || 'bwrap ended without a word' };
}

export function numberIn(status: string, key: string): number | undefined {
  const match = new RegExp(`"${key}": *(\\d+)`).exec(status);
  return match ? Number(match[1]) : undefined;
}

/** bubblewrap itself ends before its namespace does; freeing gigabytes takes the kernel up to half a second. */
export async function gone(root: ProcessState | undefined): Promise<void> {
  if (root === undefined) return;
  const until = performance.now() + 30_000;
  for (;;) {
    const state = readProcess(root.pid);
    if (!state || state.dead || state.start !== root.start) return;
    if (performance.now() > until) throw new MmmcError('sandbox_failed', 'a killed job did not end in 30 s');
    await sleep(2);
  }
}

/** The job's folder hides what is mounted below it, so nothing may be. */
function checkedPaths(readOnly: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const bad = Object.values(readOnly).find(
    (inside) => !inside.startsWith('/') || /^\/(work|proc|dev)(\/|$)/.test(inside),
  );
  if (bad === undefined) return readOnly;
  throw new MmmcError('sandbox_failed', `${bad} cannot be the place of a read-only file in the sandbox`, {
    hint: 'Set MMMC_CACHE to a folder that does not lie in /work, /proc or /dev.',
  });
}
