import { type Sample, visibleOf } from './visible.ts';

/**
 * Samples in their order, cut where other lecture lines light up. How long a block lasts does not show: a pause changes
 * none. A film without lecture lines is one block.
 */
export function blocksOf(samples: readonly Sample[]): Sample[][] {
  const blocks: Sample[][] = [];
  let before: string | undefined;
  for (const sample of samples) {
    const lit = looksOfLines(sample);
    if (lit === before) blocks.at(-1)?.push(sample);
    else blocks.push([sample]);
    before = lit;
  }
  return blocks;
}

/** The rows of the lecture lines with their colours, in an order that does not depend on what is in front. */
function looksOfLines(sample: Sample): string {
  const rows = visibleOf(sample).filter(({ place, kind }) => place === 'lecture' && kind === 'text');
  return rows
    .map(({ object }) => `${object.id} ${object.color ?? ''}`)
    .toSorted()
    .join();
}

/** A fault of one moment: what it is about, as the scene calls it, and how bad it is, 0-1. */
export interface Fault {
  about: string;
  share: number;
}

/**
 * The worst that each fault comes to in a block, summed over the faults and averaged over the blocks: 1 is one text hidden
 * in each of them. Seconds have no part in it, else a long pause on a good picture would make up for a bad one.
 */
export function worstOf(blocks: readonly Sample[][], faultsOf: (sample: Sample) => Fault[]): number {
  const sums = blocks.map((samples) => {
    const worst = new Map<string, number>();
    for (const sample of samples)
      for (const [about, share] of totals(faultsOf(sample)))
        worst.set(about, Math.max(share, worst.get(about) ?? 0));
    return sumOf([...worst.values()]);
  });
  return blocks.length === 0 ? 0 : sumOf(sums) / blocks.length;
}

/** Things without a name are called by their class, so that several faults may have one name. */
function totals(faults: readonly Fault[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { about, share } of faults) found.set(about, (found.get(about) ?? 0) + share);
  return found;
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
