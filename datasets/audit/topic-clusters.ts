import type { Dataset } from '../schema.ts';
import { clusterTopics } from './clusters.ts';
import { readRelated } from './related.ts';

/**
 * The group of near-duplicate topics that each topic belongs to, by topic id; a group is named by the id of its first
 * topic. A list that a person made comes first; without one groups are computed from the texts (clusters.ts).
 */
export async function clustersOf(dataset: Dataset): Promise<Map<string, string>> {
  const { topics } = dataset;
  const groups =
    (await readRelated(dataset)) ??
    clusterTopics(topics).map((group) => group.flatMap((i) => topics[i]?.id ?? []));
  const clusters = new Map(topics.map(({ id }) => [id, id]));
  for (const group of groups)
    for (const id of group)
      if (clusters.has(id)) clusters.set(id, group.find((one) => clusters.has(one)) ?? id);
  return clusters;
}
