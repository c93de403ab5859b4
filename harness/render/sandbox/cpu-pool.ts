import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';

/** One pool of tokens, as many as cores, shared by everything that computes: checks, renders, LaTeX, OCR, ffmpeg. */
export class CpuPool {
  readonly #limit;
  readonly #size: number;
  readonly #alone = pLimit(1);

  constructor(cpus: number = availableParallelism()) {
    this.#size = Math.max(1, cpus);
    this.#limit = pLimit(this.#size);
  }

  /** Runs work with one token. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#limit(work);
  }

  /** Runs work with every token: nothing else of ours computes beside it. One at a time, so that two cannot deadlock. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      const release = Promise.withResolvers<void>();
      const held: Promise<void>[] = [];
      for (let i = 0; i < this.#size; i++) {
        const taken = Promise.withResolvers<void>();
        void this.#limit(() => {
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
