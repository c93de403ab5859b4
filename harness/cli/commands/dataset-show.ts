import type { Argv } from 'yargs';
import { z } from 'zod';
import { installedDatasets, loadDataset } from '../../../datasets/load.ts';
import { letters, type Topic } from '../../../datasets/schema.ts';
import { selectTopics } from '../../../datasets/select.ts';
import { views, viewsOf } from '../../../datasets/views/view.ts';
import { oneLine } from '../../../reports/plain.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { selectionOf, selectionOptionsSchema, withSelection } from '../selection.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return withSelection(
    yargs
      .positional('dataset', {
        type: 'string',
        describe: 'name or folder, with a view: mmmc@corrected; without it, all datasets that are here',
      })
      .option('quiz', { type: 'boolean', default: false, describe: 'the questions too, the key marked' })
      .option('ids', {
        type: 'boolean',
        default: false,
        describe: 'only ids with titles as comments: a list file for --list',
      })
      .option('schema', { type: 'boolean', default: false, describe: 'JSON Schema of the stored files' })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'the dataset, or the list `datasets`, as one JSON object on stdout',
      }),
  );
}

const schema = selectionOptionsSchema.extend({
  dataset: z.string().optional(),
  quiz: z.boolean(),
  ids: z.boolean(),
  schema: z.boolean(),
  json: z.boolean(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  if (options.schema) {
    const { datasetJsonSchema } = await import('../../../datasets/json-schema.ts');
    process.stdout.write(`${JSON.stringify(datasetJsonSchema(), null, 2)}\n`);
    return exitCodes.done;
  }
  process.stdout.write(
    options.dataset === undefined ? listOfDatasets(options.json) : await one(options, options.dataset),
  );
  return exitCodes.done;
}

function listOfDatasets(json: boolean): string {
  const datasets = installedDatasets((why) => process.stderr.write(`mmmc: ${why}\n`));
  if (json) return `${JSON.stringify(toDisk({ datasets }))}\n`;
  const rows = datasets.map((d) => [d.name, d.version, `${d.topics}`, `${d.questions}`, d.licence, d.folder]);
  const head = ['Dataset', 'Version', 'Topics', 'Questions', 'Licence', 'Folder'];
  return `${alignColumns([head, ...rows], [2, 3])}\n`;
}

async function one(options: z.infer<typeof schema>, reference: string): Promise<string> {
  const dataset = await loadDataset(reference);
  const topics = selectTopics(dataset, selectionOf(options));
  if (options.json) return `${JSON.stringify(toDisk({ ...dataset, views: viewsOf(dataset), topics }))}\n`;
  if (options.ids) return topics.map(({ id, title }) => `${id}  # ${oneLine(title)}\n`).join('');
  const questions = topics.reduce((sum, topic) => sum + topic.quiz.length, 0);
  const name = `${dataset.name}@${dataset.view}`;
  const head = `${name}, version ${dataset.version}: ${topics.length} topics, ${questions} questions, licence ${dataset.licence}`;
  const known = viewsOf(dataset).map((view) => [`  ${dataset.name}@${view}`, views[view] ?? '']);
  const body = options.quiz ? topics.map(quizOf).join('\n') : table(topics);
  return `${head}\n\n${body}\n\nViews:\n${alignColumns(known)}\n`;
}

function table(topics: readonly Topic[]): string {
  const rows = topics.map((t) => [t.slug, t.category ?? '–', `${t.quiz.length}`, oneLine(t.title)]);
  return alignColumns([['Topic', 'Category', 'Questions', 'Title'], ...rows], [2]);
}

function quizOf({ slug, title, quiz }: Topic): string {
  const questions = quiz.map(({ id, stem, options, key }, i) => {
    const shown = options.map((option, j) => `   ${j === key ? '*' : ' '} ${letters[j]}) ${oneLine(option)}`);
    return `${i + 1}. ${oneLine(stem)}  (${id})\n${shown.join('\n')}`;
  });
  return `${slug}: ${oneLine(title)}\n\n${questions.join('\n')}\n`;
}
