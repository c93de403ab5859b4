import type { Argv } from 'yargs';
import { z } from 'zod';
import { writeSheet } from '../../../reports/people/sheet.ts';
import { exitCodes } from '../../store/errors.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('bundle', { type: 'string', describe: 'folder of a run', demandOption: true })
    .option('to', {
      type: 'string',
      describe: 'folder to write, for the people who rate',
      demandOption: true,
    })
    .option('quiz', {
      type: 'boolean',
      default: false,
      describe: 'ask the topic’s questions after each video',
    })
    .option('seed', { type: 'number', default: 1, describe: 'another seed, other codes and orders' });
}

const schema = z.object({ bundle: z.string(), to: z.string(), quiz: z.boolean(), seed: z.int() });

/** Writes a page that shows a run's videos blind. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { bundle, ...options } = schema.parse(args);
  const { page, key, videos } = writeSheet(bundle, options);
  process.stdout.write(`${page}\n`);
  process.stderr.write(
    `${videos} videos. Hand out the folder ${options.to}; keep ${key} to yourself: it says which video is whose.\nTake the ratings in with: mmmc people import ${bundle} <files> --key ${key}\n`,
  );
  return exitCodes.done;
}
