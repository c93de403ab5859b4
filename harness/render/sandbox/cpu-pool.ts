import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import PQueue from 'p-queue';

/** One pool of tokens, as many as cores, shared by everything that computes: checks, renders, LaTeX, OCR, ffmpeg. */
export class CpuPool {
  readonly #queue;
  readonly #size: number;
  readonly #alone = pLimit(1);

  constructor(cpus: number = availableParallelism()) {
    this.#size = Math.max(1, cpus);
    this.#queue = new PQueue({ concurrency: this.#size });
  }

  /** Runs work with one token; `short` work goes before other that waits, since more may depend on it. */
  run<T>(work: () => Promise<T>, { short = false } = {}): Promise<T> {
    return this.#queue.add(work, { priority: short ? 1 : 0 });
  }

  /** Runs work with every token: nothing else of ours computes beside it. One at a time, so that two cannot deadlock. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      const release = Promise.withResolvers<void>();
      const held: Promise<void>[] = [];
      for (let i = 0; i < this.#size; i++) {
        const taken = Promise.withResolvers<void>();
        void this.#queue.add(() => {
          taken.resolve();
          return release.promise;
        });
        held.push(taken.promise);
      }
      await Promise.all(held);
      try {
        return await work();
      } finally {
        release.resolve();
      }
    });
  }
}
