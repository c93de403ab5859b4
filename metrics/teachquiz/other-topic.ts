import type { PlanInput } from '../metric.ts';
import { Random } from '../statistics/random.ts';
import { seedOf } from './orders.ts';

/**
 * For each topic of one method and repeat the cell of another topic, outside its cluster of near-duplicates: drawn by seed, each
 * cell used once as far as that is possible (a maximum matching). A topic that finds none has no such arm.
 */
export function otherTopics(
  cells: readonly PlanInput['cells'][number][],
  clusterOf: (topic: string) => string,
): Map<string, string> {
  const first = [...new Map(cells.toReversed().map((cell) => [cell.topicId, cell])).values()];
  const ids = first.map(({ topicId }) => topicId).sort();
  const drawn = new Random(seedOf(ids.join())).shuffled(ids);
  const taken = new Map<string, string>();
  const find = (topic: string, tried: Set<string>): boolean =>
    drawn.some((other) => {
      if (tried.has(other) || clusterOf(other) === clusterOf(topic)) return false;
      tried.add(other);
      const holder = taken.get(other);
      if (holder !== undefined && !find(holder, tried)) return false;
      taken.set(other, topic);
      return true;
    });
  // Each begins its search at its own place, so that the draw decides and not the order of the list.
  for (const topic of new Random(seedOf(`${ids.join()}/turn`)).shuffled(ids)) find(topic, new Set());
  const cellOf = new Map(first.map(({ topicId, id }) => [topicId, id]));
  return new Map(
    [...taken].flatMap(([other, topic]) => {
      const cell = cellOf.get(other);
      return cell === undefined ? [] : [[topic, cell] as const];
    }),
  );
}
