import type { Argv } from 'yargs';
import { z } from 'zod';
import type { Selection } from '../../datasets/select.ts';

/** Declares the options that choose topics of a dataset. */
export function withSelection(yargs: Argv): Argv {
  return yargs
    .option('topic', {
      type: 'string',
      array: true,
      describe: 'ids, slugs, titles or globs of topics',
    })
    .option('category', { type: 'string', array: true, describe: 'only topics of these categories' })
    .option('list', { type: 'string', describe: 'text file with one id, slug or title a line' })
    .option('sample', { type: 'number', describe: 'so many topics, each category by its share' })
    .option('seed', { type: 'number', default: 1, describe: 'seed of the sample' });
}

/** What `withSelection` declares, as read by yargs, which makes NaN of what is no number; selectTopics refuses it. */
export const selectionOptionsSchema = z.object({
  topic: z.array(z.string()).optional(),
  category: z.array(z.string()).optional(),
  list: z.string().optional(),
  sample: z.number().or(z.nan()).optional(),
  seed: z.number().or(z.nan()),
});

/** The selection that a command line asks for. */
export function selectionOf(options: z.infer<typeof selectionOptionsSchema>): Selection {
  const { topic, category, list, sample, seed } = options;
  return { names: topic, categories: category, list, sample, seed };
}
