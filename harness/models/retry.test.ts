import { describe, expect, it } from 'vitest';
import { type FailureClass, failureClasses, ModelError } from './model-error.ts';
import { type AttemptReport, type RetryOptions, withRetry } from './retry.ts';

/** A loop on a clock that only waits and attempts move, with attempts of 100 ms. */
function bench(outcomes: readonly (ModelError | Error | string)[], random = 0.5) {
  let clock = 0;
  const waits: number[] = [];
  const reports: AttemptReport[] = [];
  const abort = new AbortController();
  const run = (limits: Partial<Pick<RetryOptions, 'attempts' | 'maxElapsedMs' | 'workedMs'>> = {}) =>
    withRetry(
      async (number) => {
        clock += 100;
        const outcome = outcomes[number - 1] ?? 'done';
        if (typeof outcome !== 'string') throw outcome;
        return outcome;
      },
      {
        attempts: 5,
        maxElapsedMs: 600_000,
        ...limits,
        signal: abort.signal,
        onAttempt: (report) => reports.push(report),
        now: () => clock,
        random: () => random,
        sleep: async (ms) => {
          waits.push(ms);
          clock += ms;
        },
      },
    );
  return { run, waits, reports, abort };
}
const failed = (failure: FailureClass, retryAfterMs?: number) =>
  new ModelError(failure, failure, { retryAfterMs });

describe('the retry loop', () => {
  it('repeats what may pass and reports working time and waits apart', async () => {
    const { run, reports } = bench([failed('server'), failed('network'), 'fine']);
    expect(await run()).toBe('fine');
    expect(reports.map(({ attempt, ms, outcome, waitMs }) => [attempt, ms, outcome, waitMs])).toEqual([
      [1, 100, 'server', 500],
      [2, 100, 'network', 1000],
      [3, 100, 'ok', 0],
    ]);
  });

  it('never repeats what cannot pass', async () => {
    const hopeless = failureClasses.filter((failure) => !failed(failure).retryable);
    expect(hopeless).toEqual(
      expect.arrayContaining(['auth', 'bad_request', 'quota', 'model_gone', 'policy', 'context_length']),
    );
    for (const failure of hopeless) {
      const { run, reports } = bench([failed(failure)]);
      await expect(run()).rejects.toMatchObject({ failure });
      expect(reports).toHaveLength(1);
    }
  });

  it('never repeats a call that the server may have taken, nor a bug of ours', async () => {
    const taken = bench([new ModelError('timeout', 'unknown', { submitted: true })]);
    await expect(taken.run()).rejects.toThrow('unknown');
    const bug = bench([new RangeError('a bug')]);
    await expect(bug.run()).rejects.toThrow('a bug');
    expect([taken.waits, bug.waits]).toEqual([[], []]);
  });

  it('draws its waits between nothing and a doubling bound, at most a minute', async () => {
    const errors = Array.from({ length: 9 }, () => failed('server'));
    const longest = bench(errors, 0.999999);
    await expect(longest.run({ attempts: 10 })).resolves.toBe('done');
    expect(longest.waits).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
    const shortest = bench(errors, 0);
    await shortest.run({ attempts: 10 });
    expect(new Set(shortest.waits)).toEqual(new Set([0]));
  });

  it('gives a server that has too much to do four times as long', async () => {
    const busy = [failed('rate_limit'), new ModelError('server', 'busy', { status: 529 })];
    const { run, waits } = bench([...busy, new ModelError('server', 'broken', { status: 500 })]);
    await run();
    expect(waits).toEqual([2000, 4000, 2000]);
  });

  it('does not count time in queues, where it is told how long the attempts took', async () => {
    const outcomes = [failed('server'), failed('server'), 'fine'] as const;
    const { run } = bench(outcomes);
    await expect(run({ maxElapsedMs: 1000 })).rejects.toThrow('server');
    const queued = bench(outcomes);
    expect(await queued.run({ maxElapsedMs: 1550, workedMs: () => 0 })).toBe('fine');
  });

  it('waits at least as long as the server asks', async () => {
    const { run, waits } = bench([failed('rate_limit', 20_000)], 0);
    await run();
    expect(waits).toEqual([20_000]);
  });

  it('throws the last error when attempts or time are used up', async () => {
    const tries = bench([failed('server'), failed('conflict'), failed('timeout')]);
    await expect(tries.run({ attempts: 3 })).rejects.toMatchObject({ failure: 'timeout' });
    expect(tries.reports.at(-1)).toMatchObject({ attempt: 3, waitMs: 0 });
    const time = bench([failed('rate_limit', 90_000)]);
    await expect(time.run({ maxElapsedMs: 60_000 })).rejects.toMatchObject({ failure: 'rate_limit' });
    expect(time.waits).toEqual([]);
  });

  it('stops at an abort, in an attempt as well as in a wait, with its reason', async () => {
    const reason = new Error('enough');
    const before = bench(['never']);
    before.abort.abort(reason);
    await expect(before.run()).rejects.toBe(reason);
    expect(before.reports).toEqual([]);

    const abort = new AbortController();
    const waiting = withRetry(() => Promise.reject(failed('rate_limit', 60_000)), {
      attempts: 2,
      maxElapsedMs: 600_000,
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(reason), 20);
    await expect(waiting).rejects.toBe(reason);
  });
});
