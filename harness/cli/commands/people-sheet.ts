import type { Argv } from 'yargs';
import { z } from 'zod';
import { writeSheet } from '../../../reports/people/sheet.ts';
import { copyBare } from '../../media/bare.ts';
import { openSandbox } from '../../render/sandbox/sandbox.ts';
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
    .option('apart', {
      type: 'boolean',
      default: false,
      describe: 'a sheet for each method: a person sees one type of video, as in the paper',
    })
    .option('unsafe-local', {
      type: 'boolean',
      default: false,
      describe: 'run ffmpeg on the videos without a sandbox',
    })
    .option('seed', { type: 'number', default: 1, describe: 'another seed, other codes and orders' });
}

const schema = z.object({
  bundle: z.string(),
  to: z.string(),
  quiz: z.boolean(),
  apart: z.boolean(),
  seed: z.int(),
  unsafeLocal: z.boolean(),
});

/** Writes a page that shows a run's videos blind. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { bundle, unsafeLocal, ...options } = schema.parse(args);
  const sandbox = await openSandbox({ unsafeLocal });
  const copy = (file: string, target: string) => copyBare(sandbox, file, target);
  const { pages, key, videos } = await writeSheet(bundle, copy, options);
  for (const page of pages) process.stdout.write(`${page}\n`);
  const handedOut = options.apart ? `one folder of ${options.to} to each person` : `the folder ${options.to}`;
  process.stderr.write(
    `${videos} videos. Hand out ${handedOut}; keep ${key} to yourself: it says which video is whose.\nTake the ratings in with: mmmc people import ${bundle} <files> --key ${key}\n`,
  );
  return exitCodes.done;
}
