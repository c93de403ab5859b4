import type { Argv } from 'yargs';
import { z } from 'zod';
import { loadDataset } from '../../../datasets/load.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('dataset', { type: 'string', default: 'mini', describe: 'name or folder of a dataset' })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'the dataset as one JSON object on stdout',
    });
}

const schema = z.object({ dataset: z.string(), json: z.boolean() });

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const dataset = loadDataset(options.dataset);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(toDisk(dataset))}\n`);
    return exitCodes.done;
  }
  const questions = dataset.topics.reduce((sum, topic) => sum + topic.quiz.length, 0);
  const rows = dataset.topics.map((t) => [t.slug, t.category, String(t.quiz.length), t.title]);
  process.stdout.write(
    `${dataset.name}@${dataset.view}: ${dataset.topics.length} topics, ${questions} questions, licence ${dataset.licence}\n\n` +
      `${alignColumns([['Topic', 'Category', 'Questions', 'Title'], ...rows], [2])}\n`,
  );
  return exitCodes.done;
}
