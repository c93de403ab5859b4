import { leastOf } from '../../metrics/statistics/best-of.ts';
import { compareAll, usualFamily } from '../../metrics/statistics/family.ts';
import { Random } from '../../metrics/statistics/random.ts';
import type { Measured } from './bench.ts';

/** All pairs of ten methods over the paper's 117 topics in 94 clusters, 10,000 draws each: on one value, and on the honest gain over five controls. */
export async function bench(): Promise<readonly Measured[]> {
  return [1, 5].map((arms) => ({
    what: `45 pairs of 10 methods, 117 topics, 10,000 draws, ${arms === 1 ? 'one value' : `the best of ${arms} controls chosen in each draw`}`,
    ...{ value: secondsOf(arms), unit: 's', bar: 5 },
  }));
}

function secondsOf(arms: number): number {
  const random = new Random(1);
  const topics = Array.from({ length: 117 }, (_, i) => `t${i}`);
  const methods = Array.from({ length: 10 }, (_, i) => {
    const values = () => Array.from({ length: arms }, () => 0.4 + 0.02 * i + 0.3 * (random.unit() - 0.5));
    return { id: `m${i}`, values: new Map(topics.map((topic) => [topic, values()])), weights: leastOf };
  });
  const start = performance.now();
  compareAll(methods, topics, (topic) => `c${Number(topic.slice(1)) % 94}`, {
    ...usualFamily,
    range: [-1, 1],
  });
  return (performance.now() - start) / 1000;
}
