import type { ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import type { SandboxJob, SandboxLimits } from './port.ts';

/** How the program ended by itself, with all its CPU time where that is told; or why it never began (a failure of ours). */
export type ProgramEnd =
  | { kind: 'exit'; code: number; cpuMs?: number }
  | { kind: 'not_started'; reason: string };

/** A started job, whatever it is started with. */
export interface RunningProgram {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Pid on the host of the process at the root of the job's tree, once it is known. */
  root(): number | undefined;
  /** Ends every process of the job; may be called again. */
  kill(): void;
  /** Settles when no process of the job is left. */
  readonly ended: Promise<ProgramEnd>;
}

/** One way to start jobs. */
export interface Launcher {
  readonly kind: 'bwrap' | 'none';
  start(job: SandboxJob, limits: SandboxLimits): RunningProgram;
}

export function readableOf(child: ChildProcess, fd: number): Readable {
  const stream = child.stdio[fd];
  if (stream instanceof Readable) return stream;
  throw new TypeError(`descriptor ${fd} was not started as a pipe`);
}

export function writableOf(child: ChildProcess, fd: number): Writable {
  const stream = child.stdio[fd];
  if (stream instanceof Writable) return stream;
  throw new TypeError(`descriptor ${fd} was not started as a pipe`);
}

/** Enough for a status or a message of the sandbox itself, characters. */
const keptText = 4096;

/** Collects the beginning of what is written; the getter gives what has come so far. */
export function textOf(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    if (text.length < keptText) text += chunk.toString('utf8').slice(0, keptText);
  });
  stream.on('error', (error) => {
    text += error.message;
  });
  return () => text;
}

/** Settles when the process itself has ended: its exit code, 128 + the signal's number, or why it did not start. */
export function exitOf(child: ChildProcess, signals: Readonly<Record<string, number>>): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not_started', reason: error.message }));
    child.once('exit', (code, signal) => {
      resolve({ kind: 'exit', code: code ?? 128 + (signals[signal ?? ''] ?? 0) });
    });
  });
}

/** Waits for the streams' ends. Whoever escaped with a stream open is not waited for longer than this. */
const streamPatienceMs = 500;

export async function closed(child: ChildProcess): Promise<void> {
  const streams = child.stdio.filter((stream) => stream instanceof Readable);
  if (streams.every((stream) => stream.destroyed)) return;
  const timer = setTimeout(() => {
    for (const stream of streams) stream.destroy();
  }, streamPatienceMs);
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  clearTimeout(timer);
}
