import pLimit from 'p-limit';
import type { Measured } from './bench.ts';
import { withCalls } from './calls-server.ts';
import { median } from './repeat.ts';

const inFlight = 64;
const warmUp = 1000;
const batches = 7;

/** CPU time of this process for one call, 64 under way, texts of 4 kB both ways: the median of some batches. */
export async function bench(): Promise<readonly Measured[]> {
  const what = (how: string) => `CPU of the harness for one call of 4 kB, ${inFlight} in flight, ${how}`;
  return [
    { what: what('answered whole'), value: await cpuMs('whole', 600), unit: 'ms', bar: 1.5 },
    { what: what('streamed in 1,025 pieces'), value: await cpuMs('stream', 150), unit: 'ms', bar: 'none' },
  ];
}

function cpuMs(model: string, callsInBatch: number): Promise<number> {
  return withCalls({ model, concurrency: inFlight }, async (ask) => {
    const limit = pLimit(inFlight);
    const askAll = (n: number) => Promise.all(Array.from({ length: n }, () => limit(() => ask(0))));
    await askAll(warmUp);
    const found: number[] = [];
    for (let batch = 0; batch < batches; batch++) {
      const before = process.cpuUsage();
      await askAll(callsInBatch);
      const { user, system } = process.cpuUsage(before);
      found.push((user + system) / 1000 / callsInBatch);
    }
    return median(found);
  });
}
