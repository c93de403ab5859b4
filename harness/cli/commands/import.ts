import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Argv } from 'yargs';
import { z } from 'zod';
import type { Pairing } from '../../../baselines/imported/import.ts';
import { loadDataset } from '../../../datasets/load.ts';
import { oneLine } from '../../../reports/plain.ts';
import { exitCodes, MmmcError } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('source', { type: 'string', describe: 'a folder with videos, or a CSV', demandOption: true })
    .option('dataset', { type: 'string', default: 'mini', describe: 'whose topics the videos are for' })
    .option('out', {
      type: 'string',
      describe: 'folder for the imported videos; imports/<name of the source> if absent',
    })
    .option('map', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      describe: 'the topic of a file: --map film.mp4=binary-search; --map film.mp4= leaves it out',
    })
    .option('yes', { type: 'boolean', default: false, describe: 'take the topics as they were found' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

const schema = z.object({
  source: z.string(),
  dataset: z.string(),
  out: z.string().optional(),
  map: z.array(z.string()),
  yes: z.boolean(),
  json: z.boolean(),
});

/** Makes a method of videos that exist: finds their topics, shows them, and copies what is confirmed. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const { importVideos, mustBeEmpty, pairUp } = await import('../../../baselines/imported/import.ts');
  const { readOffers } = await import('../../../baselines/offers.ts');
  const out = resolve(options.out ?? `imports/${nameOf(options.source)}`);
  mustBeEmpty(out);
  const { topics } = await loadDataset(options.dataset);
  const pairings = pairUp(readOffers(options.source), topics, told(options.map));
  process.stderr.write(`${tableOf(pairings)}\n`);
  const found = pairings.filter(({ match }) => match !== null).length;
  if (found === 0) throw usage('none of the videos fits a topic', 'Name their topics: --map <file>=<topic>.');
  if (!options.yes && !(await confirmed(found))) return exitCodes.usage;
  const { openSandbox } = await import('../../render/sandbox/sandbox.ts');
  const { imported, refused } = await importVideos(pairings, out, await openSandbox());
  for (const { source, reason } of refused)
    process.stderr.write(`not imported: ${oneLine(source)}: ${reason}\n`);
  if (imported.length === 0) throw usage('no video could be imported', 'See the reasons above.');
  process.stdout.write(
    options.json
      ? `${JSON.stringify(toDisk({ folder: out, imported, refused }))}\n`
      : `${imported.length} videos are in ${out}. In an experiment:\n  methods: [{ use: imported, id: ${idOf(options.source)}, settings: { from: ${JSON.stringify(out)} } }]\n`,
  );
  return refused.length === 0 ? exitCodes.done : exitCodes.gateMissed;
}

const nameOf = (source: string) => basename(resolve(source)).replace(/\.csv$/i, '');

/** The name as an experiment may call a method. */
const idOf = (source: string) =>
  nameOf(source)
    .replace(/[^\w.@-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'imported';

function told(maps: readonly string[]): Map<string, string> {
  return new Map(
    maps.map((map) => {
      const at = map.indexOf('=');
      if (at > 0) return [map.slice(0, at), map.slice(at + 1)];
      throw usage(`--map ${map} names no topic`, 'Write it as --map <file>=<topic>.');
    }),
  );
}

function tableOf(pairings: readonly Pairing[]): string {
  const rows = pairings.map(({ offer, match }) => [
    oneLine(offer.source),
    match === null ? 'no topic: left out' : oneLine(`${match.topic.title} (${match.topic.slug})`),
    match === null
      ? ''
      : match.matched === 'likeness'
        ? `alike, ${match.likeness.toFixed(2)}`
        : match.matched,
  ]);
  return alignColumns([['Video', 'Topic', 'Found by'], ...rows], []);
}

/** A person says so, or the program is told so beforehand. */
async function confirmed(count: number): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write(
      'Nothing was imported. With --yes these topics are taken; --map <file>=<topic> corrects one.\n',
    );
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`Import ${count} videos with these topics? [y/N] `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

function usage(message: string, hint: string): MmmcError {
  return new MmmcError('bad_import', message, { hint, exitCode: exitCodes.usage });
}
