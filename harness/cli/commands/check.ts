import type { Argv } from 'yargs';
import { z } from 'zod';
import { checkBundle } from '../../store/check.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('bundle', { type: 'string', describe: 'folder of a run', demandOption: true })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

const schema = z.object({ bundle: z.string(), json: z.boolean() });

export async function handler(args: Record<string, unknown>): Promise<number> {
  const { bundle, json } = schema.parse(args);
  const { problems, facts } = await checkBundle(bundle);
  if (json) process.stdout.write(`${JSON.stringify(toDisk({ problems, facts }))}\n`);
  else {
    for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
    const jobs = `${facts.jobs} jobs: ${facts.ended} ended, ${facts.resumable} resumable`;
    process.stdout.write(`${jobs}; ${facts.calls} calls, ${facts.files} files.\n`);
    if (problems.length === 0) process.stdout.write('The bundle is sound.\n');
  }
  return problems.length === 0 ? exitCodes.done : exitCodes.gateMissed;
}
