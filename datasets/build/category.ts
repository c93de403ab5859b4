import { z } from 'zod';
import { type Attempted, attempt } from './attempt.ts';
import { type BuildShop, type Problem, replyCauses } from './shop.ts';
import type { Unit } from './types.ts';

const categorySchema = z.object({ category: z.string() });

/** A category of the list, or none and why; `retry`: no readable answer, the next run asks again. */
export type Category =
  | { category: string; problem: null; retry: false }
  | { category: null; problem: Problem; retry: boolean };

/** Asks for the category of a topic; one that is not on the list is told to the builder once. */
export async function askCategory(shop: BuildShop, unit: Unit, title: string): Promise<Attempted<Category>> {
  const { categories } = shop.config.file;
  const find = (named: string) => categories.find((category) => fold(category) === fold(named));
  return attempt(shop, unit.id, async () => {
    const asked = await shop.consult({
      role: 'builder',
      item: unit.id,
      purpose: 'category',
      prompt: shop.prompt('dataset/category'),
      data: { task: 'dataset_category', topic: { title }, categories },
      schema: categorySchema,
      check: ({ category }) =>
        find(category) === undefined
          ? { cause: 'unknown_category', message: `“${category}” is none of the categories` }
          : null,
    });
    const category = asked.ok ? find(asked.value.category) : undefined;
    if (category !== undefined) return { category, problem: null, retry: false };
    const problem = asked.ok
      ? { cause: 'unknown_category', message: 'it is not on the list' }
      : asked.problem;
    return { category: null, problem, retry: problem.cause === replyCauses.unreadable };
  });
}

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase();
