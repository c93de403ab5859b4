import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../models/offline/seeded-random.ts';
import { type Amount, BudgetReached, LocalReservations } from './reservation.ts';

const never = new AbortController().signal;
const nothing: Amount = { calls: 0, tokens: 0, usd: 0, ms: 0 };
const most = (tokens: number, usd = 0) => ({ calls: 1, tokens, usd });

describe('reservations', () => {
  it('let 1,000 random calls at once never exceed any budget, whatever they turn out to cost', async () => {
    const random = seededRandom(12);
    const limits = { run: { usd: 3, tokens: 400_000, calls: 700 }, cell: { tokens: 90_000 } };
    const scopes = new Map(
      Object.entries(limits).map(([name, own]) => [name, { limits: own, spent: nothing }]),
    );
    const reservations = new LocalReservations(scopes);
    const spent = new Map(Object.keys(limits).map((name) => [name, { ...nothing }]));
    let [refused, sent] = [0, 0];
    const call = async () => {
      const tokens = Math.ceil(2000 * random());
      const own = most(tokens, tokens * 1e-5);
      const paying = random() < 0.3 ? ['run', 'cell'] : ['run'];
      await sleep(random() * 20);
      const held = await reservations.reserve(paying, own, never).catch((thrown: unknown) => thrown);
      if (held instanceof BudgetReached) return void refused++;
      if (held instanceof Error || typeof held !== 'object' || held === null || !('settle' in held))
        throw held;
      sent++;
      await sleep(random() * 10);
      // Some fail unpaid, some cost a part, and some all that they can.
      const share = [0, random(), 1][Math.floor(random() * 3)] ?? 1;
      const actual = { calls: 1, tokens: Math.floor(share * tokens), usd: share * own.usd, ms: 5 };
      for (const name of paying) {
        const sum = spent.get(name) ?? nothing;
        spent.set(name, {
          calls: sum.calls + 1,
          tokens: sum.tokens + actual.tokens,
          usd: (sum.usd ?? 0) + actual.usd,
          ms: 0,
        });
      }
      if (typeof held.settle === 'function') held.settle(actual);
      const { run, cell } = Object.fromEntries(spent);
      expect(run?.usd).toBeLessThanOrEqual(limits.run.usd);
      expect(run?.tokens).toBeLessThanOrEqual(limits.run.tokens);
      expect(run?.calls).toBeLessThanOrEqual(limits.run.calls);
      expect(cell?.tokens).toBeLessThanOrEqual(limits.cell.tokens);
    };
    await Promise.all(Array.from({ length: 1000 }, call));
    expect(sent + refused).toBe(1000);
    // The budget is used, not only kept.
    expect(refused).toBeGreaterThan(0);
    expect(spent.get('run')?.calls === 700 || (spent.get('run')?.usd ?? 0) > 2.9).toBe(true);
  });

  it('make a call wait while others may still give back what it needs, and close when none can', async () => {
    const reservations = new LocalReservations(
      new Map([['run', { limits: { tokens: 100 }, spent: nothing }]]),
    );
    const first = await reservations.reserve(['run'], most(80), never);
    let began = false;
    const second = reservations.reserve(['run'], most(60), never).then((held) => {
      began = true;
      return held;
    });
    await sleep(5);
    expect(began).toBe(false);
    first.settle({ ...nothing, calls: 1, tokens: 30 });
    (await second).settle({ ...nothing, calls: 1, tokens: 60 });
    await expect(reservations.reserve(['run'], most(20), never)).rejects.toThrow(
      'the budget of run is reached: 90 of 100 tokens are spent, and the next request may need 20',
    );
    expect(reservations.closed('run')).toMatch(/90 of 100 tokens/);
  });

  it('count what earlier runs spent, and give up when the run is aborted', async () => {
    const spent = { ...nothing, usd: 0.99 };
    const reservations = new LocalReservations(new Map([['run', { limits: { usd: 1 }, spent }]]));
    await expect(reservations.reserve(['run'], most(1, 0.02), never)).rejects.toThrow(BudgetReached);
    const waiting = new LocalReservations(new Map([['run', { limits: { calls: 1 }, spent: nothing }]]));
    await waiting.reserve(['run'], most(1), never);
    const stop = new AbortController();
    const wait = waiting.reserve(['run'], most(1), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(wait).rejects.toThrow('stopped');
  });

  it('refuse a call of unknown price where money is limited', async () => {
    const reservations = new LocalReservations(new Map([['run', { limits: { usd: 1 }, spent: nothing }]]));
    await expect(reservations.reserve(['run'], { calls: 1, tokens: 1, usd: null }, never)).rejects.toThrow(
      /price/,
    );
  });
});
