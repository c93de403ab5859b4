import type { Argv } from 'yargs';
import { z } from 'zod';
import { loadPrompt, promptFile, promptNames } from '../../experiment/prompts.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('name', { type: 'string', describe: 'name of a template; without it, all of them' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

const schema = z.object({ name: z.string().optional(), json: z.boolean() });

export async function handler(args: Record<string, unknown>): Promise<number> {
  const { name, json } = schema.parse(args);
  const prompts = (name === undefined ? promptNames() : [name]).map((each) => loadPrompt(each));
  if (json) process.stdout.write(`${JSON.stringify(toDisk(name === undefined ? prompts : prompts[0]))}\n`);
  else if (name !== undefined) process.stdout.write(prompts.map(promptFile).join(''));
  else {
    const rows = prompts.map((p) => [p.name, `${p.version}`, p.variables.join(', '), p.sha256.slice(0, 12)]);
    process.stdout.write(`${alignColumns([['Template', 'Version', 'Variables', 'sha256'], ...rows], [1])}\n`);
  }
  return exitCodes.done;
}
