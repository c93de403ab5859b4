import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { datasetPlace } from '../../../datasets/load.ts';
import { getReleased } from '../../../datasets/mmmc/get.ts';
import { readReleased } from '../../../datasets/mmmc/released.ts';
import { writeStored } from '../../../datasets/stored.ts';
import { exitCodes } from '../../store/errors.ts';
import { anomaliesInWords } from '../anomalies.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('dataset', { choices: ['mmmc'] as const, demandOption: true, describe: 'which dataset' })
    .option('out', {
      type: 'string',
      describe: 'folder of the dataset; where it is found by name, if absent',
    })
    .option('base-url', { type: 'string', describe: 'a mirror of the released files' });
}

const schema = z.object({ out: z.string().optional(), baseUrl: z.string().optional() });

export async function handler(args: Record<string, unknown>): Promise<number> {
  const { out = datasetPlace('mmmc'), baseUrl } = schema.parse(args);
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-get-'));
  try {
    await getReleased({
      folder,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      onProgress: (line) => process.stderr.write(`${line}\n`),
    });
    const { dataset, anomalies } = await readReleased(folder, { lenient: false });
    const { topics, questions } = await writeStored(dataset, out);
    const lines = [
      `${dataset.name}: ${topics} topics, ${questions} questions, in ${out}`,
      `Licence: ${dataset.licence}`,
      ...anomaliesInWords(anomalies),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitCodes.done;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
