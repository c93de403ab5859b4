import { compareAll, usualFamily } from '../../metrics/statistics/family.ts';
import { Random } from '../../metrics/statistics/random.ts';
import type { Measured } from './bench.ts';

/** All pairs of ten methods over the paper's 117 topics in 94 clusters, 10,000 draws each. */
export async function bench(): Promise<readonly Measured[]> {
  const random = new Random(1);
  const topics = Array.from({ length: 117 }, (_, i) => `t${i}`);
  const methods = Array.from({ length: 10 }, (_, i) => ({
    id: `m${i}`,
    values: new Map(topics.map((topic) => [topic, [0.4 + 0.02 * i + 0.3 * (random.unit() - 0.5)]])),
  }));
  const start = performance.now();
  const { pairs } = compareAll(methods, topics, (topic) => `c${Number(topic.slice(1)) % 94}`, {
    ...usualFamily,
    range: [0, 1],
  });
  const seconds = (performance.now() - start) / 1000;
  return [
    {
      what: `${pairs.length} pairs of 10 methods, 117 topics, 10,000 draws`,
      value: seconds,
      unit: 's',
      bar: 5,
    },
  ];
}
