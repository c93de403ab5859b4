import type { Argv } from 'yargs';
import { z } from 'zod';
import { buildResults } from '../../../reports/build.ts';
import { renderTerminal } from '../../../reports/terminal.ts';
import { writeReport } from '../../../reports/write.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { terminalStyle } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('bundle', { type: 'string', describe: 'folder of a run', demandOption: true })
    .option('edited', {
      type: 'boolean',
      default: false,
      describe: 'with cells that run on from an edited stage',
    })
    .option('json', { type: 'boolean', default: false, describe: 'print results.json on stdout' });
}

const schema = z.object({ bundle: z.string(), edited: z.boolean(), json: z.boolean() });

export async function handler(args: Record<string, unknown>): Promise<number> {
  const { bundle, edited, json } = schema.parse(args);
  const results = await buildResults(bundle, { edited });
  const { html } = await writeReport(results, bundle);
  process.stdout.write(
    json ? `${JSON.stringify(toDisk(results))}\n` : renderTerminal(results, terminalStyle(process.stdout)),
  );
  process.stderr.write(`Report: ${html}\n`);
  return exitCodes.done;
}
