import { clustersOf, type Evidence } from '../evidence.ts';
import type { Flag } from './flags.ts';
import type { Thresholds } from './rules.ts';

/** What the record says against its own figures: who answered, for how much, on how many topics. */
export function recordFlags(evidence: Evidence, thresholds: Thresholds): Flag[] {
  return [
    ...otherModels(evidence),
    ...fewClusters(evidence, thresholds),
    ...unknownPrices(evidence),
    ...offline(evidence),
  ];
}

function otherModels({ cells, measurements }: Evidence): Flag[] {
  const all = [...cells, ...measurements].flatMap(({ otherModels = [] }) => otherModels);
  return [...Map.groupBy(all, ({ endpoint, served }) => `${endpoint} ${served}`).values()].flatMap(
    (same): Flag[] => {
      const [first] = same;
      if (first === undefined) return [];
      const calls = same.reduce((sum, one) => sum + one.calls, 0);
      return [
        {
          ...{ rule: 'other_model', about: first.endpoint, value: calls, threshold: 0 },
          evidence: `asked for ${first.asked}, answered by ${first.served} in ${calls} calls`,
        },
      ];
    },
  );
}

function fewClusters({ methods, cells, topics }: Evidence, { fewClusters: threshold }: Thresholds): Flag[] {
  const clusterOf = clustersOf(topics);
  const counts = methods.map(({ id }) => {
    const ended = cells.filter(
      ({ methodId, status }) => methodId === id && status !== 'planned' && status !== 'infra_error',
    );
    return new Set(ended.map(({ topicId }) => clusterOf(topicId))).size;
  });
  const least = Math.min(...counts);
  if (counts.length === 0 || least >= threshold) return [];
  const about = methods
    .filter((_, i) => (counts[i] ?? 0) < threshold)
    .map(({ label }) => label)
    .join(', ');
  return [
    {
      ...{ rule: 'few_clusters', about, value: least, threshold },
      evidence: `results on ${least} clusters of topics, where ${threshold} are the fewest for a claim`,
    },
  ];
}

function unknownPrices({ cells, measurements }: Evidence): Flag[] {
  const open = [...cells, ...measurements].filter(
    ({ ledger }) => ledger.calls > 0 && ledger.costUsd === null,
  );
  if (open.length === 0) return [];
  return [
    {
      ...{ rule: 'price_unknown', about: 'costs', value: open.length, threshold: 0 },
      evidence: `calls of ${open.length} cells and measurements have no known price: sums are at least what they say`,
    },
  ];
}

function offline({ methods, measurements }: Evidence): Flag[] {
  const labels = methods.filter(({ scripted }) => scripted).map(({ label }) => label);
  const models = [
    ...new Set(measurements.filter((m) => m.scripted && m.cellId === null).map(({ endpoint }) => endpoint)),
  ];
  const about = [...labels, ...models];
  if (about.length === 0) return [];
  return [
    {
      ...{ rule: 'offline_endpoint', about: about.join(', '), value: about.length, threshold: 0 },
      evidence: 'offline endpoints answer from prepared lessons or by a rule',
    },
  ];
}
