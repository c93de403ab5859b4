import { chmodSync, chownSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { harnessIsRoot, jobUser } from '../job-user.ts';

/** The output streams of one job; both end when nobody can write to them any more. */
export interface JobStreams {
  stdout: PassThrough;
  stderr: PassThrough;
}

/** `<id> stdout\n` or `<id> stderr\n`. */
const header = /^([0-9a-f-]{36}) (stdout|stderr)\n/;
const maxHeader = 64;

/**
 * Listens where a warm process connects each job's output to. A connection begins with a line that says whose it is;
 * one that says anything else is closed.
 */
export class StreamServer {
  readonly #server: Server;
  readonly #jobs = new Map<string, JobStreams>();
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#server = createServer((socket) => this.#greet(socket));
    this.#server.unref();
  }

  /** Rejects when the socket cannot be made, as when its path is longer than 107 bytes. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#path, resolve);
    });
    chmodSync(this.#path, 0o600);
    if (harnessIsRoot()) chownSync(this.#path, jobUser, jobUser);
  }

  open(id: string): JobStreams {
    const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
    this.#jobs.set(id, streams);
    streams.stderr.once('close', () => this.#jobs.delete(id));
    return streams;
  }

  close(): void {
    this.#server.close();
    rmSync(this.#path, { force: true });
  }

  #greet(socket: Socket): void {
    let start = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    const onData = (chunk: Buffer) => {
      start = Buffer.concat([start, chunk]);
      const match = header.exec(start.toString('latin1', 0, maxHeader));
      if (match === null) {
        if (start.length >= maxHeader) socket.destroy();
        return;
      }
      socket.off('data', onData);
      const stream = this.#jobs.get(match[1] ?? '')?.[match[2] === 'stdout' ? 'stdout' : 'stderr'];
      if (stream === undefined) socket.destroy();
      else join(socket, stream, start.subarray(match[0].length));
    };
    socket.on('data', onData);
  }
}

function join(socket: Socket, stream: PassThrough, first: Buffer): void {
  if (first.length > 0) stream.write(first);
  stream.once('close', () => socket.destroy());
  if (stream.destroyed) socket.destroy();
  else socket.pipe(stream);
}
