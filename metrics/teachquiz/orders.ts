import { Random } from '../statistics/random.ts';

/** Orders are named `file` or `seed-<n>`, n from 1. */
export const orderNames = (orders: number): string[] =>
  Array.from({ length: orders }, (_, i) => `seed-${i + 1}`);

/**
 * Stored option indices as shown in an order; `null` for `file`. Each question has a permutation of its own, turned on by one
 * place from order to order: over as many orders as there are options the right one stands once in each place.
 */
export function orderOf(name: string, question: { id: string; options: readonly string[] }): number[] | null {
  const n = /^seed-(\d+)$/.exec(name)?.[1];
  if (n === undefined) return null;
  const turn = Number(n) - 1;
  const size = question.options.length;
  // Another round of turns begins from another permutation.
  const random = new Random(seedOf(`${question.id}/${Math.floor(turn / size)}`));
  const mixed = random.shuffled(question.options.map((_, i) => i));
  return mixed.map((_, place) => mixed[(place + turn) % size] ?? 0);
}

/** A hash of a text, 32 bits (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
