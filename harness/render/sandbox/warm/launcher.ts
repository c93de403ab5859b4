import { basename, dirname } from 'node:path';
import type { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { MmmcError } from '../../../store/errors.ts';
import { environment } from '../bwrap-arguments.ts';
import { resourceLimits } from '../limits.ts';
import type { SandboxJob, SandboxLimits, WarmProgram } from '../port.ts';
import { childrenOf, type ProcessState, readInnerPid, readProcess } from '../process-tree.ts';
import type { Launcher, ProgramEnd, RunningProgram } from '../program.ts';
import type { JobLine } from './protocol.ts';
import type { Zygote } from './zygote.ts';

/** Starts jobs as forks of a warm process that is ready; `jobs` is the folder that their folders lie in. */
export function warmLauncher(zygote: Zygote, program: WarmProgram, jobs: string): Launcher {
  return {
    kind: 'bwrap',
    start: (job, limits) => follow(zygote, lineOf(job, limits, program, jobs)),
  };
}

function lineOf(job: SandboxJob, limits: SandboxLimits, program: WarmProgram, jobs: string) {
  const folderName = (folder: string) => {
    if (dirname(folder) === jobs) return basename(folder);
    throw new MmmcError('warm_failed', `${folder} does not lie where the warm process looks for jobs`);
  };
  const own = Object.entries(job.readOnly ?? {}).filter(([host]) => !(host in (program.readOnly ?? {})));
  const limitEntries = Object.entries(resourceLimits(limits)).map(([name, value]) => [
    name,
    Math.floor(value),
  ]);
  return {
    argv: scriptOf(job.argv, program.python),
    env: { ...environment, PWD: '/work', ...job.env },
    folder: folderName(job.folder),
    read_only: Object.fromEntries(own.map(([host, place]) => [place, folderName(host)])),
    limits: Object.fromEntries(limitEntries),
  };
}

/** The script and what follows it; the interpreter and its options are the warm process's own. */
function scriptOf([python, ...rest]: readonly string[], own: string): string[] {
  const script = rest.findIndex((argument) => !argument.startsWith('-'));
  if (python === own && script >= 0) return rest.slice(script);
  throw new MmmcError('warm_failed', `${python} is not what the warm process runs`);
}

/** Pids on the host of one job, found when the watchdog or a kill asks for them. */
class JobProcesses {
  innerPid: number | undefined;
  readonly #zygote: Zygote;
  #first: number | undefined;
  #init: ProcessState | undefined;

  constructor(zygote: Zygote) {
    this.#zygote = zygote;
  }

  /** The first process, which waits outside the job's namespaces; the tree hangs on it. */
  get first(): number | undefined {
    const zygote = this.#zygote.pid;
    if (this.innerPid === undefined || zygote === undefined) return undefined;
    this.#first ??= childrenOf(zygote).find((pid) => readInnerPid(pid) === this.innerPid);
    return this.#first;
  }

  /** Process 1 of the job's namespace: when it has ended, everyone in there has. */
  get init(): ProcessState | undefined {
    const pid = this.first === undefined ? undefined : childrenOf(this.first)[0];
    this.#init ??= pid === undefined ? undefined : readProcess(pid);
    return this.#init;
  }
}

function follow(zygote: Zygote, line: Omit<JobLine, 'id'>): RunningProgram {
  const processes = new JobProcesses(zygote);
  const ended = Promise.withResolvers<ProgramEnd>();
  let over = false;
  const streams = zygote.run(line, {
    forked(innerPid) {
      processes.innerPid = innerPid;
    },
    ended(how) {
      over = true;
      ended.resolve('code' in how ? { kind: 'exit', ...how } : { kind: 'not_started', reason: how.failure });
    },
  });
  return {
    ...streams,
    root: () => processes.first,
    kill: () => void endJob(zygote, processes, () => over),
    ended: (async () => {
      const how = await ended.promise;
      await Promise.all([streams.stdout, streams.stderr].map(drained));
      return how;
    })(),
  };
}

/** A job that has not come so far as to have a process 1 takes a few milliseconds. */
const killPatienceMs = 5000;

/** Kills process 1 of the job, with which the kernel ends all others; the warm process then says that it ended. */
async function endJob(zygote: Zygote, processes: JobProcesses, over: () => boolean): Promise<void> {
  for (const until = performance.now() + killPatienceMs; !over(); await sleep(2)) {
    const { init } = processes;
    if (init !== undefined && readProcess(init.pid)?.start === init.start) return kill(init.pid);
    if (performance.now() > until) return zygote.end('a job of it could not be ended');
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Nobody is left to write, so what is on its way comes at once. */
const streamPatienceMs = 500;

async function drained(stream: PassThrough): Promise<void> {
  if (stream.closed) return;
  const timer = setTimeout(() => stream.destroy(), streamPatienceMs);
  await new Promise<void>((resolve) => stream.once('close', () => resolve()));
  clearTimeout(timer);
}
