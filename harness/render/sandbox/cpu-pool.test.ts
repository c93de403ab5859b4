import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CpuPool } from './cpu-pool.ts';

/** Work that says how many others were at work when it began and when it ended. */
function counter() {
  let running = 0;
  let most = 0;
  const work = async () => {
    running++;
    most = Math.max(most, running);
    await sleep(5);
    const together = running;
    running--;
    return together;
  };
  return { work, most: () => most };
}

it('runs as many jobs at once as it has tokens, and no more', async () => {
  const pool = new CpuPool(3);
  const { work, most } = counter();
  await Promise.all(Array.from({ length: 12 }, () => pool.run(work)));
  expect(most()).toBe(3);
});

it('has a token for each core unless told otherwise', async () => {
  const { work, most } = counter();
  const pool = new CpuPool();
  await Promise.all(Array.from({ length: 40 }, () => pool.run(work)));
  expect(most()).toBe(Math.min(40, availableParallelism()));
});

it('runs a job alone with nothing beside it, several such jobs included', async () => {
  const pool = new CpuPool(3);
  const { work } = counter();
  const around = Array.from({ length: 7 }, () => pool.run(work));
  const alone = [pool.alone(work), pool.alone(work)];
  const after = Array.from({ length: 7 }, () => pool.run(work));
  expect(await Promise.all(alone)).toEqual([1, 1]);
  await Promise.all([...around, ...after]);
});

it('takes short jobs first of those that wait', async () => {
  const pool = new CpuPool(1);
  const order: string[] = [];
  const named = (name: string) => async () => void order.push(name);
  const all = [pool.run(() => sleep(5)), pool.run(named('long')), pool.run(named('short'), { short: true })];
  await Promise.all(all);
  expect(order).toEqual(['short', 'long']);
});

it('goes on after a job that failed alone', async () => {
  const pool = new CpuPool(2);
  await expect(pool.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(pool.run(async () => 'next')).resolves.toBe('next');
});
