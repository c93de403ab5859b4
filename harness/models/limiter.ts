import pLimit from 'p-limit';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import { PerMinute, pause } from './per-minute.ts';

/** A longer wait that a server asks for is a matter of the call that met it: the others ask for themselves. */
const longestPauseMs = 60_000;

/** What an attempt wants to send. */
export interface Turn {
  /** The most tokens that it can use; asked for only where they are limited. */
  tokens: () => number;
  signal: AbortSignal;
}

/**
 * The limits of one endpoint: calls under way at once, and requests and tokens in a minute.
 *
 * It begins with all of `concurrency`, which says what the account allows: too much costs one refused round, a slow
 * start would cost every run. A 429 or 529 halves what may be under way, once for all attempts that were out together; as
 * many good answers in a row as may be under way let one more in. Where the server says how long to wait, nobody
 * goes before. When it says that the quota is used up, nobody goes any more.
 */
export class Limiter {
  readonly #id: string;
  readonly #most: number;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #requests: PerMinute | null;
  readonly #tokens: PerMinute | null;
  /** Counts the halvings: an attempt that was sent before the last one says nothing about the present limit. */
  #episode = 0;
  #good = 0;
  #pausedUntil = 0;
  #stopped: ModelError | null = null;

  constructor(endpoint: Pick<Endpoint, 'id' | 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute'>) {
    const perMinute = (most: number | undefined) => (most === undefined ? null : new PerMinute(most));
    this.#id = endpoint.id;
    this.#most = endpoint.concurrency;
    this.#limit = pLimit(this.#most);
    this.#requests = perMinute(endpoint.requestsPerMinute);
    this.#tokens = perMinute(endpoint.tokensPerMinute);
  }

  /** Calls that may be under way now. */
  get concurrency(): number {
    return this.#limit.concurrency;
  }

  /**
   * Waits for a turn, sends, and learns from how it ends; `send` is to tell how many tokens were used, where it knows.
   * Throws what `send` throws, the signal's reason, or ModelError `quota` without sending once the endpoint has stopped.
   */
  async run<T>(turn: Turn, send: (used: (tokens: number) => void) => Promise<T>): Promise<T> {
    this.throwIfStopped();
    return this.#limit(async () => {
      const used = await this.#wait(turn);
      this.throwIfStopped();
      const episode = this.#episode;
      try {
        const value = await send(used);
        this.#went(episode);
        return value;
      } catch (thrown) {
        if (thrown instanceof ModelError) this.#failed(thrown, episode);
        throw thrown;
      }
    });
  }

  /** Throws ModelError `quota` when the endpoint is not to be called again in this run. */
  throwIfStopped(): void {
    if (this.#stopped !== null)
      throw new ModelError('quota', `${this.#id} is not called again in this run: its quota is used up`, {
        cause: this.#stopped,
      });
  }

  async #wait({ tokens, signal }: Turn): Promise<(tokens: number) => void> {
    await this.#requests?.take(1, signal);
    const used = await this.#tokens?.take(tokens(), signal);
    for (let ms = 1; ms > 0; ) {
      signal.throwIfAborted();
      if (this.#stopped !== null) break;
      ms = this.#pausedUntil - performance.now();
      if (ms > 0) await pause(ms, signal);
    }
    return used ?? (() => undefined);
  }

  #went(episode: number): void {
    if (episode !== this.#episode || this.concurrency >= this.#most) return;
    if (++this.#good < this.concurrency) return;
    this.#good = 0;
    this.#limit.concurrency++;
  }

  #failed(error: ModelError, episode: number): void {
    if (error.failure === 'quota') this.#stopped ??= error;
    const { retryAfterMs } = error;
    if (error.retryable && retryAfterMs !== null && retryAfterMs <= longestPauseMs)
      this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + retryAfterMs);
    if (error.failure !== 'rate_limit' && error.status !== 529) return;
    if (episode !== this.#episode) return;
    this.#episode++;
    this.#good = 0;
    this.#limit.concurrency = Math.max(1, Math.floor(this.concurrency / 2));
  }
}
