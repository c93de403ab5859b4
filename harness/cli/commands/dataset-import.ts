import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { storeCompanions } from '../../../datasets/export/companions.ts';
import { describeDiff, diffDatasets } from '../../../datasets/export/diff.ts';
import { type ImportKind, importDataset, importKinds } from '../../../datasets/import/import.ts';
import type { ProbeVideo } from '../../../datasets/import/media.ts';
import { datasetPlace, loadDataset } from '../../../datasets/load.ts';
import type { Dataset } from '../../../datasets/schema.ts';
import { isStored, writeStored } from '../../../datasets/stored.ts';
import type { Sandbox } from '../../render/sandbox/port.ts';
import { exitCodes, MmmcError, messageOf } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { anomaliesInWords } from '../anomalies.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('kind', {
      choices: importKinds,
      describe:
        'mmmc: the released files; hugging-face: metadata.jsonl beside files; csv and jsonl: see docs',
    })
    .option('from', { type: 'string', describe: 'folder or file to read' })
    .option('csv', { type: 'string', describe: 'short for: csv --from <file>' })
    .option('out', {
      type: 'string',
      describe: 'folder of the dataset; where it is found by name, if absent',
    })
    .option('name', { type: 'string', describe: 'name of the dataset' })
    .option('base', {
      type: 'string',
      describe:
        'dataset that the file was exported from: what it does not hold is kept, and changes are shown',
    })
    .option('map', { type: 'string', describe: 'YAML that names the fields of a hugging-face dataset' })
    .option('lenient', {
      type: 'boolean',
      default: false,
      describe: 'leave out what cannot be read, and read the rest',
    })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

const schema = z.object({
  kind: z.enum(importKinds).optional(),
  from: z.string().optional(),
  csv: z.string().optional(),
  out: z.string().optional(),
  name: z.string().optional(),
  base: z.string().optional(),
  map: z.string().optional(),
  lenient: z.boolean(),
  json: z.boolean(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const { kind, from } = sourceOf(options);
  const base = options.base === undefined ? undefined : await loadDataset(options.base);
  const { dataset, anomalies } = await importDataset(kind, from, { ...options, base, probe: probeVideos() });
  const out = options.out ?? datasetPlace(dataset.name);
  if (base !== undefined) refuseBase(base, out, options.out !== undefined);
  const manifest = await writeStored(dataset, out);
  const origin = base ?? (kind === 'jsonl' ? dataset : null);
  if (origin !== null && isStored(origin.folder)) storeCompanions(origin, out);
  const { topics, questions } = manifest;
  const changes = base === undefined ? null : diffDatasets(base, dataset);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify(toDisk({ name: dataset.name, folder: out, topics, questions, anomalies, changes }))}\n`,
    );
    return exitCodes.done;
  }
  const lines = [
    `${dataset.name}: ${topics} topics, ${questions} questions, in ${out}`,
    ...anomaliesInWords(anomalies),
    ...(changes === null ? [] : ['', describeDiff(changes)]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.done;
}

/** An edit takes the place of what it was made from only when somebody says so, and an edited view never. */
function refuseBase(base: Dataset, out: string, said: boolean): void {
  if (resolve(base.folder) !== resolve(out) || (said && base.view === 'released')) return;
  throw new MmmcError('bad_out', `${out} is the dataset that was edited`, {
    exitCode: exitCodes.usage,
    hint: 'Name a new folder with --out, or a new dataset with --name.',
  });
}

/** Videos are looked into in the sandbox, which is opened for the first one; without a sandbox their length stays unknown. */
function probeVideos(): ProbeVideo {
  let opened: Promise<Sandbox | null> | undefined;
  const open = async () => {
    const { openSandbox } = await import('../../render/sandbox/sandbox.ts');
    return openSandbox({ unsafeLocal: false }).catch((thrown: unknown) => {
      process.stderr.write(`Videos get no length and size: ${messageOf(thrown)}\n`);
      return null;
    });
  };
  return async (path) => {
    opened ??= open();
    const sandbox = await opened;
    if (sandbox === null) return null;
    const { probeVideo } = await import('../../media/probe.ts');
    const probed = await probeVideo(sandbox, path);
    return probed.ok ? probed.facts : null;
  };
}

function sourceOf({ kind, from, csv }: z.infer<typeof schema>): { kind: ImportKind; from: string } {
  if (csv !== undefined) return { kind: 'csv', from: csv };
  if (kind !== undefined && from !== undefined) return { kind, from };
  throw new MmmcError('usage', 'say what to import and from where', {
    exitCode: exitCodes.usage,
    hint: `mmmc dataset import <${importKinds.join('|')}> --from <folder or file>`,
  });
}
