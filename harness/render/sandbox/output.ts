import type { Readable } from 'node:stream';
import { keptOutputBytes } from './limits.ts';

/** Keeps the beginning of both output streams and counts the rest. */
export class Output {
  bytes = 0;
  readonly #kept = new Map<Readable, Buffer[]>();

  /** @param onFlood called at each chunk beyond `limit` bytes of all streams together. */
  read(stream: Readable, limit: number, onFlood: () => void): void {
    const chunks: Buffer[] = [];
    let kept = 0;
    this.#kept.set(stream, chunks);
    stream.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      const part = chunk.subarray(0, Math.max(0, keptOutputBytes - kept));
      kept += part.length;
      if (part.length > 0) chunks.push(part);
      if (this.bytes > limit) onFlood();
    });
    stream.on('error', () => {}); // A pipe that breaks has ended; how the program ended is told elsewhere.
  }

  of(stream: Readable): Buffer {
    return Buffer.concat(this.#kept.get(stream) ?? []);
  }
}
