import type { AssetSource } from './asset.ts';
import { assetOf, type IconSet, readIconSet } from './icon-set.ts';
import { IconIndex } from './rank.ts';

/** Sets with free licences that came with the project, the plainest first: between equals it wins. */
export const shippedSets = ['tabler', 'mdi', 'openmoji'] as const;

/**
 * Icons without a network: 18,000 of them, by names, aliases and categories. The sets are read at the first question, in
 * about a third of a second, and kept; see `IconIndex` for which icon answers.
 */
export function openIconifyJson(): AssetSource {
  let shelf: Promise<{ sets: readonly IconSet[]; index: IconIndex }> | undefined;
  return {
    name: 'iconify-json',
    async find(query, signal) {
      shelf ??= readShelf();
      const { sets, index } = await shelf;
      signal.throwIfAborted();
      const match = index.best(query);
      const set = match === null ? undefined : sets[match.set];
      const drawing = match && set?.svg(match.name);
      return match && set && drawing ? assetOf(match.name, drawing, set) : null;
    },
  };
}

async function readShelf() {
  const sets = await Promise.all(shippedSets.map(readIconSet));
  return { sets, index: new IconIndex(sets.map(({ words }) => words)) };
}
