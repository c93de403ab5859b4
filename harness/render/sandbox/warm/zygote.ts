import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MmmcError } from '../../../store/errors.ts';
import { numberIn, prefix } from '../bwrap.ts';
import { warmBwrapArguments } from '../bwrap-arguments.ts';
import { shmBytes, tmpBytes } from '../limits.ts';
import type { WarmProgram } from '../port.ts';
import { childrenOf } from '../process-tree.ts';
import { readableOf, textOf, writableOf } from '../program.ts';
import { buildSeccompFilter } from '../seccomp.ts';
import type { WarmFiles } from './files.ts';
import { type JobAnswer, type JobLine, maxLine, readAnswer, type Settings } from './protocol.ts';
import { type JobStreams, StreamServer } from './streams.ts';

/** An import of Manim takes 1-2 s; on a busy machine a few times that. */
const startPatienceMs = 60_000;
const statusFd = 3;

/** What a warm process says of one of its jobs. */
export interface JobListener {
  forked(innerPid: number): void;
  /** `failure`: why the job's program never began, or that the warm process ended before it. */
  ended(end: { code: number; cpuMs: number } | { failure: string }): void;
}

/** One warm process in its sandbox. It ends when it is told to, when it says nonsense, and with this process. */
export class Zygote {
  jobs = 0;
  residentBytes = 0;
  readonly #child: ChildProcess;
  readonly #streams: StreamServer;
  readonly #listeners = new Map<string, JobListener>();
  readonly #status: () => string;
  readonly #words: () => string;
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  #firstBytes = 0;
  #why: string | undefined;

  /** Starts one; resolves when it is ready. Throws MmmcError `warm_failed`. */
  static async start(program: WarmProgram, files: WarmFiles): Promise<Zygote> {
    const name = randomUUID().slice(0, 8);
    const streams = new StreamServer(join(files.control, name));
    try {
      await streams.listen();
      const zygote = new Zygote(program, files, streams, name);
      const late = setTimeout(() => zygote.end('it was not ready in time'), startPatienceMs);
      await zygote.#ready.promise.finally(() => clearTimeout(late));
      return zygote;
    } catch (cause) {
      streams.close();
      throw new MmmcError(
        'warm_failed',
        `no warm process: ${cause instanceof Error ? cause.message : cause}`,
        {
          cause,
        },
      );
    }
  }

  private constructor(program: WarmProgram, files: WarmFiles, streams: StreamServer, name: string) {
    this.#streams = streams;
    const view = {
      ...files,
      readOnly: program.readOnly ?? {},
      places: program.places ?? [],
    };
    const [command = '', ...args] = [
      ...prefix(),
      '/usr/bin/bwrap',
      ...warmBwrapArguments(view),
      ...['--json-status-fd', String(statusFd), '--', program.python, '-B', '-s', '/control/zygote.py'],
    ];
    this.#child = spawn(command, args, { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    this.#status = textOf(readableOf(this.#child, statusFd));
    this.#words = textOf(readableOf(this.#child, 2));
    const input = writableOf(this.#child, 0);
    input.on('error', () => {}); // Its reader has ended; `close` tells.
    createInterface({ input: readableOf(this.#child, 1) }).on('line', (line) => this.#hear(line));
    this.#child.once('error', (error) => this.#over(error.message));
    this.#child.once('close', () => this.#over(this.#words().trim().slice(-300) || 'it ended'));
    this.#ready.promise.catch(() => {}); // Also told to whoever waits in `start`.
    this.#send({
      streams: `/control/${name}`,
      filter: buildSeccompFilter().toString('base64'),
      modules: program.modules,
      tmp_bytes: tmpBytes,
      shm_bytes: shmBytes,
    });
  }

  get alive(): boolean {
    return this.#why === undefined;
  }

  get busy(): boolean {
    return this.#listeners.size > 0;
  }

  /** Bytes by which it has become larger since it was ready. */
  get growth(): number {
    return this.residentBytes - this.#firstBytes;
  }

  /** Pid on the host; its children are the first processes of its jobs. */
  get pid(): number | undefined {
    const init = numberIn(this.#status(), 'child-pid');
    return init === undefined ? undefined : childrenOf(init)[0];
  }

  run(job: Omit<JobLine, 'id'>, listener: JobListener): JobStreams {
    const id = randomUUID();
    const streams = this.#streams.open(id);
    const why = this.#why;
    if (why !== undefined) {
      queueMicrotask(() => listener.ended({ failure: why }));
      return streams;
    }
    this.jobs++;
    this.#listeners.set(id, listener);
    this.#keepsUp(true);
    this.#send({ id, ...job });
    return streams;
  }

  /** Ends the process and every job of it. */
  end(why: string): Promise<void> {
    this.#why ??= why;
    this.#keepsUp(true);
    this.#child.kill('SIGKILL');
    return this.#gone.promise;
  }

  #send(line: Settings | JobLine): void {
    writableOf(this.#child, 0).write(`${JSON.stringify(line)}\n`);
  }

  #hear(line: string): void {
    const answer = line.length > maxLine ? null : readAnswer(line);
    if (answer === null) void this.end(`it said ${JSON.stringify(line.slice(0, 100))}`);
    else if ('ready' in answer) this.#begin(answer.resident_bytes);
    else this.#take(answer);
  }

  #begin(bytes: number): void {
    this.#firstBytes = this.residentBytes = bytes;
    this.#keepsUp(this.busy);
    this.#ready.resolve();
  }

  #take(answer: JobAnswer): void {
    const id = 'forked' in answer ? answer.forked : answer.ended;
    const listener = this.#listeners.get(id);
    if (listener === undefined) void this.end('it spoke of a job that nobody gave it');
    else if ('forked' in answer) listener.forked(answer.pid);
    else {
      this.residentBytes = answer.resident_bytes;
      this.#forget(id);
      const { code, cpu_ms: cpuMs, failure } = answer;
      listener.ended(failure === null ? { code, cpuMs } : { failure });
    }
  }

  #forget(id: string): void {
    this.#listeners.delete(id);
    this.#keepsUp(this.busy);
  }

  #over(why: string): void {
    this.#why ??= why;
    this.#streams.close();
    this.#ready.reject(new Error(this.#why));
    for (const [id, listener] of this.#listeners) {
      this.#forget(id);
      listener.ended({ failure: `the warm process ended: ${this.#why}` });
    }
    this.#gone.resolve();
  }

  /** An idle warm process must not keep the harness from ending. */
  #keepsUp(busy: boolean): void {
    const handles = [this.#child, ...this.#child.stdio.filter((stream) => stream instanceof Socket)];
    for (const handle of handles) busy ? handle.ref() : handle.unref();
  }
}
