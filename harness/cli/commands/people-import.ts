import type { Argv } from 'yargs';
import { z } from 'zod';
import { importPeople } from '../../../reports/people/import.ts';
import { exitCodes } from '../../store/errors.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('bundle', { type: 'string', describe: 'folder of a run', demandOption: true })
    .positional('files', {
      type: 'string',
      array: true,
      describe: 'CSV files with ratings',
      demandOption: true,
    })
    .option('key', {
      type: 'string',
      describe: 'what a sheet’s codes stand for: <the sheet’s folder>-key.csv',
    });
}

const schema = z.object({
  bundle: z.string(),
  files: z.array(z.string()).min(1),
  key: z.string().optional(),
});

/** Takes ratings by people into a run; all files or none. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { bundle, files, key } = schema.parse(args);
  for (const { file, people, videos, silent, known } of importPeople(bundle, files, key).files) {
    process.stdout.write(
      known ? `${file}: was imported before\n` : `${file}: ${people} people, ${videos} videos\n`,
    );
    if (silent.length > 0)
      process.stderr.write(`${file}: lines without a value say nothing: ${shortened(silent)}\n`);
  }
  process.stderr.write(`See them with: mmmc report ${bundle}\n`);
  return exitCodes.done;
}

const shortened = (lines: readonly number[]) =>
  `${lines.slice(0, 12).join(', ')}${lines.length > 12 ? ` and ${lines.length - 12} more` : ''}`;
