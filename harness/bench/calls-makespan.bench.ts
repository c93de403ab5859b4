import type { Measured } from './bench.ts';
import { withCalls } from './calls-server.ts';

const calls = 1000;
const concurrency = 16;

/** How much longer a thousand calls take than the durations themselves, handed out first come, first served. */
export async function bench(): Promise<readonly Measured[]> {
  const waits = heavyTailed(calls);
  const ideal = makespanMs(waits, concurrency);
  const wall = await withCalls({ model: 'whole', concurrency }, async (ask) => {
    // Connections are made, code is loaded.
    await Promise.all(Array.from({ length: 64 }, () => ask(1)));
    const start = performance.now();
    await Promise.all(waits.map((ms) => ask(ms)));
    return performance.now() - start;
  });
  return [
    {
      what: `${calls} calls, ${concurrency} at once: wall beside the ideal ${(ideal / 1000).toFixed(2)} s`,
      value: wall / ideal,
      unit: 'x',
      bar: 1.03,
    },
    {
      what: `longest of them, ${Math.max(...waits)} ms; all: wall`,
      value: wall / 1000,
      unit: 's',
      bar: 'none',
    },
  ];
}

/** Whole milliseconds, log-normal with a median of 100 and a long tail, the same in each run. */
function heavyTailed(count: number): number[] {
  let seed = 20261123;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return (seed + 1) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => Math.min(5000, Math.round(100 * Math.exp(1.2 * normal()))));
}

/** When the last one ends, if each begins as soon as one of `machines` is free, in the order given. */
function makespanMs(durations: readonly number[], machines: number): number {
  const free = Array.from({ length: machines }, () => 0);
  for (const duration of durations) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + duration;
  }
  return Math.max(...free);
}
