import { existsSync, realpathSync } from 'node:fs';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { storeCompanions, storedName } from '../../../datasets/export/companions.ts';
import { exportCsv } from '../../../datasets/export/csv.ts';
import { loadDataset } from '../../../datasets/load.ts';
import type { Dataset } from '../../../datasets/schema.ts';
import { selectTopics } from '../../../datasets/select.ts';
import { writeStored } from '../../../datasets/stored.ts';
import { writeWhole } from '../../store/bundle.ts';
import { exitCodes, MmmcError } from '../../store/errors.ts';
import { selectionOf, selectionOptionsSchema, withSelection } from '../selection.ts';

export function builder(yargs: Argv): Argv {
  return withSelection(
    yargs
      .positional('dataset', { type: 'string', describe: 'name or folder, with a view', demandOption: true })
      .option('csv', {
        type: 'string',
        describe:
          'write one row per question to this file (--csv=- for stdout), safe to open in a spreadsheet',
      })
      .option('out', { type: 'string', describe: 'write JSONL, media and manifest to this folder' }),
  );
}

const schema = selectionOptionsSchema.extend({
  dataset: z.string(),
  csv: z.string().optional(),
  out: z.string().optional(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const whole = await loadDataset(options.dataset);
  const dataset = { ...whole, topics: selectTopics(whole, selectionOf(options)) };
  if (options.csv === undefined && options.out === undefined)
    throw new MmmcError('usage', 'say where to: --csv <file> or --out <folder>', {
      exitCode: exitCodes.usage,
    });
  if (options.csv === '-') process.stdout.write(exportCsv(dataset));
  else if (options.csv !== undefined) writeNew(options.csv, exportCsv(dataset));
  if (options.out !== undefined) {
    refuseItself(dataset, options.out);
    await writeStored({ ...dataset, name: storedName(dataset) }, options.out);
    storeCompanions(dataset, options.out);
  }
  const target = [options.csv, options.out].filter((path) => path !== undefined && path !== '-').join(', ');
  if (target !== '')
    process.stderr.write(`${dataset.name}@${dataset.view}: ${dataset.topics.length} topics to ${target}\n`);
  return exitCodes.done;
}

/** The files of a dataset are never changed by its views or parts. */
function refuseItself({ folder }: Dataset, out: string): void {
  if (!existsSync(out) || realpathSync(out) !== realpathSync(folder)) return;
  throw new MmmcError('bad_out', `${out} is the dataset itself`, {
    exitCode: exitCodes.usage,
    hint: 'Name another folder.',
  });
}

/** Somebody may be editing the old export: it is never written over. */
function writeNew(path: string, content: string): void {
  if (existsSync(path))
    throw new MmmcError('bad_out', `${path} exists`, {
      exitCode: exitCodes.usage,
      hint: 'Name another file, or remove it.',
    });
  writeWhole(path, content);
}
