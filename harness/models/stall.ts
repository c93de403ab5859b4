import type { Deadline } from './deadline.ts';
import { ModelError } from './model-error.ts';

/** Watches a stream of bytes: when none comes for so long, `signal` is aborted with ModelError `timeout`. */
export interface Stall {
  signal: AbortSignal;
  /** Passes bytes on, and winds the watch up with each chunk, from the first request for one on. */
  watch(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
}

export function stallAfter(seconds: number): Stall {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new ModelError('timeout', `a stall: ${seconds} s without a byte`));
  return {
    signal: controller.signal,
    async *watch(bytes) {
      const timer = setTimeout(giveUp, seconds * 1000);
      try {
        for await (const chunk of bytes) {
          timer.refresh();
          yield chunk;
        }
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Why an attempt ended: given up by its caller, out of time, stalled, or else what was thrown. */
export function whatEnded(limit: Deadline, stall: Stall, thrown: unknown): unknown {
  try {
    limit.throwIfOver(thrown);
    stall.signal.throwIfAborted();
    return thrown;
  } catch (over) {
    return over;
  }
}
