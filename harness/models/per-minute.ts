import pLimit from 'p-limit';

const minuteMs = 60_000;

/** At most so much in any 60 seconds, of requests or of tokens; first come, first served. */
export class PerMinute {
  readonly #most: number;
  readonly #turns = pLimit(1);
  /** What was taken in the last minute, oldest first. */
  #taken: { at: number; amount: number }[] = [];
  /** Replaced, and the old one resolved, whenever less was used than was taken. */
  #room = Promise.withResolvers<void>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Waits until there is room, and takes it; more than a minute allows waits for an empty one. Returns how to correct the
   * amount once it is known. Rejects with the signal's reason on abort.
   */
  take(amount: number, signal: AbortSignal): Promise<(used: number) => void> {
    return this.#turns(async () => {
      for (;;) {
        signal.throwIfAborted();
        const ms = this.#waitFor(amount);
        if (ms <= 0) break;
        await pause(ms, signal, this.#room.promise);
      }
      const taken = { at: performance.now(), amount };
      this.#taken.push(taken);
      return (used) => {
        taken.amount = used;
        this.#room.resolve();
        this.#room = Promise.withResolvers();
      };
    });
  }

  /** How long until enough of what was taken is a minute old, ms; 0 when there is room. */
  #waitFor(amount: number): number {
    const now = performance.now();
    this.#taken = this.#taken.filter(({ at }) => at > now - minuteMs);
    let over = this.#taken.reduce((sum, taken) => sum + taken.amount, amount) - this.#most;
    let until = 0;
    for (const taken of this.#taken) {
      if (over <= 0) break;
      over -= taken.amount;
      until = taken.at + minuteMs;
    }
    return Math.max(0, until - now);
  }
}

/** Waits so long, or until something happens or the signal is aborted if that comes first; never rejects. */
export async function pause(ms: number, signal: AbortSignal, sooner?: Promise<void>): Promise<void> {
  const over = new AbortController();
  const first = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    over.signal.addEventListener('abort', () => clearTimeout(timer));
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
    void sooner?.then(resolve);
  });
  if (!signal.aborted) await first;
  over.abort();
}
