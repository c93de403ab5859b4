import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Limiter } from './limiter.ts';
import { type FailureClass, ModelError } from './model-error.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;
const turn = { tokens: () => 0, signal: never };
const failed = (failure: FailureClass, status?: number, retryAfterMs?: number) =>
  new ModelError(failure, failure, { status, retryAfterMs });

/** An endpoint whose answers are given by hand. */
function bench(limits: { concurrency?: number; requestsPerMinute?: number; tokensPerMinute?: number }) {
  const limiter = new Limiter({ id: 'e', concurrency: 8, ...limits });
  const out: { resolve(tokens?: number): void; reject(error: Error): void }[] = [];
  const times: number[] = [];
  const errors: unknown[] = [];
  const start = performance.now();
  const send = async (tokens = 0, signal = never) => {
    const sent = limiter.run({ tokens: () => tokens, signal }, async (used) => {
      times.push(performance.now() - start);
      const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
      out.push({ resolve, reject });
      used((await promise) ?? tokens);
    });
    await sent.catch((thrown: unknown) => errors.push(thrown));
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { limiter, out, times, errors, send, settle };
}

async function answerAll({ out, settle }: ReturnType<typeof bench>, error?: Error): Promise<void> {
  for (const call of out.splice(0)) error ? call.reject(error) : call.resolve();
  await settle();
}

describe('the calls of an endpoint that are under way', () => {
  it('are as many as its concurrency allows from the first moment on', async () => {
    const e = bench({ concurrency: 3 });
    for (let n = 0; n < 5; n++) void e.send();
    await e.settle();
    expect(e.out).toHaveLength(3);
    await answerAll(e);
    expect(e.out).toHaveLength(2);
  });

  it('are halved by a refusal, once for all calls that were out together, and are at least one', async () => {
    const e = bench({ concurrency: 8 });
    for (const left of [4, 2, 1, 1]) {
      for (let n = 0; n < 8; n++) void e.send();
      await e.settle();
      await answerAll(e, failed('rate_limit', 429));
      expect(e.limiter.concurrency).toBe(left);
      while (e.out.length > 0) await answerAll(e, failed('bad_request', 400));
    }
  });

  it('are halved by 529, and by no other failure of the server', async () => {
    const e = bench({ concurrency: 8 });
    for (const error of [
      failed('server', 500),
      failed('server', 503),
      failed('network'),
      failed('timeout', 504),
    ]) {
      void e.send();
      await e.settle();
      await answerAll(e, error);
    }
    expect(e.limiter.concurrency).toBe(8);
    void e.send();
    await e.settle();
    await answerAll(e, failed('server', 529));
    expect(e.limiter.concurrency).toBe(4);
  });

  it('become one more after as many good answers as may be under way, never more than at first', async () => {
    const e = bench({ concurrency: 4 });
    void e.send();
    await e.settle();
    await answerAll(e, failed('rate_limit', 429));
    const levels: number[] = [];
    for (let n = 0; n < 8; n++) {
      void e.send();
      await e.settle();
      await answerAll(e);
      levels.push(e.limiter.concurrency);
    }
    expect(levels).toEqual([2, 3, 3, 3, 4, 4, 4, 4]);
  });

  it('wait as long as the server asks one of them to', async () => {
    const e = bench({ concurrency: 1 });
    void e.send();
    void e.send();
    await e.settle();
    await answerAll(e, failed('rate_limit', 429, 5000));
    await vi.advanceTimersByTimeAsync(4900);
    expect(e.times).toEqual([0]);
    await vi.advanceTimersByTimeAsync(200);
    expect(e.times).toEqual([0, 5000]);
  });

  it('do not wait for what only one of them can wait for', async () => {
    const e = bench({ concurrency: 1 });
    void e.send();
    void e.send();
    await e.settle();
    await answerAll(e, failed('rate_limit', 429, 3_600_000));
    expect(e.times).toEqual([0, 0]);
  });
});

describe('an endpoint whose quota is used up', () => {
  it('is not called again, not by those who waited for their turn either', async () => {
    const e = bench({ concurrency: 1 });
    void e.send();
    void e.send();
    await e.settle();
    await answerAll(e, failed('quota', 429));
    await e.send();
    expect(e.times).toHaveLength(1);
    expect(e.errors).toHaveLength(3);
    expect(e.errors.slice(1)).toEqual([
      expect.objectContaining({ failure: 'quota', retryable: false }),
      expect.objectContaining({ message: expect.stringContaining('e is not called again') }),
    ]);
  });
});

describe('a limit of requests or tokens a minute', () => {
  it('lets no minute have more requests than that', async () => {
    const e = bench({ requestsPerMinute: 3 });
    for (let n = 0; n < 7; n++) void e.send();
    await e.settle();
    for (let s = 0; s < 130; s++) {
      await answerAll(e);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(e.times).toEqual([0, 0, 0, 60_000, 60_000, 60_000, 120_000]);
  });

  it('sets aside what a request may use, and gives back at once what it did not', async () => {
    const e = bench({ tokensPerMinute: 1000 });
    void e.send(600);
    void e.send(600);
    void e.send(350);
    await vi.advanceTimersByTimeAsync(2000);
    expect(e.times).toEqual([0]);
    e.out.shift()?.resolve(100);
    await vi.advanceTimersByTimeAsync(1000);
    expect(e.times).toEqual([0, 2000]);
    e.out.shift()?.resolve(600);
    await vi.advanceTimersByTimeAsync(56_999);
    expect(e.times).toEqual([0, 2000]);
    await vi.advanceTimersByTimeAsync(1);
    expect(e.times).toEqual([0, 2000, 60_000]);
  });

  it('lets a request that is larger than a minute’s share go by itself', async () => {
    const e = bench({ tokensPerMinute: 1000 });
    void e.send(5000);
    void e.send(10);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(e.times).toEqual([0, 60_000]);
  });

  it('ends a wait with the reason of the abort', async () => {
    const e = bench({ requestsPerMinute: 1 });
    const abort = new AbortController();
    void e.send();
    const waiting = e.send(0, abort.signal);
    await e.settle();
    const reason = new Error('enough');
    abort.abort(reason);
    await waiting;
    expect(e.errors).toEqual([reason]);
    expect(e.times).toHaveLength(1);
  });
});

it('passes on what is thrown, and what is returned', async () => {
  const { limiter } = bench({});
  await expect(limiter.run(turn, () => Promise.reject(new RangeError('a bug')))).rejects.toThrow('a bug');
  await expect(limiter.run(turn, () => Promise.resolve(7))).resolves.toBe(7);
});
