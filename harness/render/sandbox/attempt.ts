import { MmmcError, messageOf } from '../../store/errors.ts';
import { Meter } from './meter.ts';
import { Output } from './output.ts';
import type { SandboxJob, SandboxLimits, SandboxResult, SandboxVerdict } from './port.ts';
import type { Launcher, ProgramEnd, RunningProgram } from './program.ts';
import { type Limit, watch } from './watchdog.ts';

/** One try at one job, from start to the end of its last process; queueing and second tries lie above. */
export async function attempt(
  launcher: Launcher,
  job: SandboxJob,
  limits: SandboxLimits,
): Promise<Omit<SandboxResult, 'queuedMs' | 'worker'>> {
  job.signal?.throwIfAborted();
  const started = performance.now();
  const program = start(launcher, job, limits);
  const meter = new Meter();
  const output = new Output();
  let broken: Limit | undefined;
  const over = new AbortController();
  const stop = () => {
    // Without a reader a flood ends at once, and nothing waits for a stream that is held open.
    for (const stream of [program.stdout, program.stderr]) stream.destroy();
    program.kill();
  };
  const exceeded = (limit: Limit) => {
    if (over.signal.aborted) return;
    broken ??= limit;
    stop();
  };
  for (const stream of [program.stdout, program.stderr]) {
    output.read(stream, limits.outputBytes, () => exceeded('output'));
  }
  const wall = setTimeout(() => exceeded('wall'), limits.wallSeconds * 1000);
  job.signal?.addEventListener('abort', stop, { once: true });
  const watching = watch({ root: program.root, folder: job.folder }, limits, meter, exceeded, over.signal);
  try {
    const end = await program.ended;
    over.abort();
    const wallMs = performance.now() - started;
    meter.ended(end);
    job.signal?.throwIfAborted();
    return {
      verdict: judge(end, broken, meter.cpuMs, limits),
      stdout: output.of(program.stdout),
      stderr: output.of(program.stderr),
      wallMs,
      cpuMs: meter.cpuMs,
      peakMemoryBytes: meter.peakMemoryBytes,
    };
  } finally {
    over.abort();
    clearTimeout(wall);
    job.signal?.removeEventListener('abort', stop);
    await watching;
  }
}

function start(launcher: Launcher, job: SandboxJob, limits: SandboxLimits): RunningProgram {
  try {
    return launcher.start(job, limits);
  } catch (cause) {
    if (cause instanceof MmmcError) throw cause;
    throw new MmmcError('sandbox_failed', `no process could be started: ${messageOf(cause)}`, { cause });
  }
}

/** Killed by the kernel (SIGKILL) where RLIMIT_CPU was faster than the watchdog. */
const killedBySignal = 128 + 9;

function judge(
  end: ProgramEnd,
  broken: Limit | undefined,
  cpuMs: number,
  limits: SandboxLimits,
): SandboxVerdict {
  if (broken !== undefined) return { kind: 'killed', limit: broken };
  if (end.kind === 'not_started') {
    throw new MmmcError('sandbox_failed', `the sandbox could not start a program: ${end.reason}`, {
      hint: 'Type `mmmc doctor` to see what is missing.',
    });
  }
  if (end.code === killedBySignal && cpuMs >= limits.cpuSeconds * 1000)
    return { kind: 'killed', limit: 'cpu' };
  return { kind: end.kind, code: end.code };
}
