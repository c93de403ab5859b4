import { setTimeout as sleepFor } from 'node:timers/promises';
import { type FailureClass, ModelError } from './model-error.ts';

/** One attempt as the ledger keeps it: working time and the wait that followed, apart. */
export interface AttemptReport {
  /** Counts from 1. */
  attempt: number;
  /** How long the attempt itself took, in ms. */
  ms: number;
  outcome: 'ok' | 'aborted' | FailureClass;
  /** The wait until the next attempt, in ms; 0 when there is none. */
  waitMs: number;
  error: ModelError | null;
}

export interface RetryOptions {
  /** Attempts in all, the first one included. */
  attempts: number;
  /** No new attempt begins once attempts and waits have taken so long, in ms. */
  maxElapsedMs: number;
  /** Time of all attempts so far, ms, where some of it was spent in queues and shall not count. */
  workedMs?: () => number;
  signal: AbortSignal;
  onAttempt?: (report: AttemptReport) => void;
  /** For tests: the clock in ms, a random number in [0, 1), and the wait itself. */
  now?: () => number;
  random?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const firstWaitMs = 500;
/** A server that has too much to do is given more time. */
const firstBusyWaitMs = 2000;
const longestWaitMs = 60_000;

/**
 * The harness's one retry loop. Repeats an attempt that failed with a retryable `ModelError`; every other failure
 * (key, bad request, quota, refusal, a bug) is thrown at once. Waits are drawn evenly from 0 to a bound that doubles
 * ("full jitter"), and are never shorter than what the server asked for. Throws the last error, or the signal's reason.
 */
export async function withRetry<T>(
  attempt: (attemptNumber: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const now = options.now ?? (() => performance.now());
  const spent = { worked: 0, waited: 0 };
  for (let number = 1; ; number += 1) {
    options.signal.throwIfAborted();
    const began = now();
    const report = (outcome: AttemptReport['outcome'], waitMs: number, error: ModelError | null) =>
      options.onAttempt?.({ attempt: number, ms: now() - began, outcome, waitMs, error });
    let waitMs: number | null;
    try {
      const value = await attempt(number);
      report('ok', 0, null);
      return value;
    } catch (thrown) {
      if (options.signal.aborted) report('aborted', 0, null);
      if (options.signal.aborted || !(thrown instanceof ModelError)) throw thrown;
      spent.worked = options.workedMs?.() ?? spent.worked + now() - began;
      waitMs = nextWait(thrown, number, spent.worked + spent.waited, options);
      report(thrown.failure, waitMs ?? 0, thrown);
      if (waitMs === null) throw thrown;
    }
    await (options.sleep ?? sleepAbortable)(waitMs, options.signal);
    spent.waited += waitMs;
  }
}

/** How long to wait before the next attempt, in ms; `null` when there shall be none. */
function nextWait(
  error: ModelError,
  number: number,
  elapsedMs: number,
  options: RetryOptions,
): number | null {
  if (!error.retryable || number >= options.attempts) return null;
  const random = (options.random ?? Math.random)();
  const first = isBusy(error) ? firstBusyWaitMs : firstWaitMs;
  const drawn = random * Math.min(longestWaitMs, first * 2 ** number);
  // Some jitter on top of the server's wait, so that callers who were refused together do not return together.
  const asked = error.retryAfterMs === null ? 0 : error.retryAfterMs + random * firstWaitMs;
  const waitMs = Math.round(Math.max(drawn, asked));
  return elapsedMs + waitMs > options.maxElapsedMs ? null : waitMs;
}

const isBusy = ({ failure, status }: ModelError) =>
  failure === 'rate_limit' || status === 503 || status === 529;

async function sleepAbortable(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleepFor(ms, undefined, { signal });
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  }
}
