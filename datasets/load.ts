import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../harness/setup/paths.mjs';
import { exitCodes, MmmcError, messageOf } from '../harness/store/errors.ts';
import type { Dataset, Manifest } from './schema.ts';
import { isStored, readManifest, readStored } from './stored.ts';

/** Where datasets go that are got or imported without --out: shared by clones, found by name. */
export function datasetPlace(name: string): string {
  return join(cacheFolder(), 'datasets', name);
}

/** What a list of datasets says of one. */
export interface InstalledDataset
  extends Pick<Manifest, 'name' | 'version' | 'topics' | 'questions' | 'licence'> {
  folder: string;
}

/** The embedded datasets and those that were got or imported; a broken one is told to `onBroken` and left out. */
export function installedDatasets(onBroken: (why: string) => void): InstalledDataset[] {
  const folders = [import.meta.dirname, datasetPlace('')].filter(existsSync).flatMap((place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(place, entry.name)),
  );
  return folders.filter(isStored).flatMap((folder) => {
    try {
      const { name, version, topics, questions, licence } = readManifest(folder);
      return [{ name, version, topics, questions, licence, folder }];
    } catch (thrown) {
      onBroken(messageOf(thrown));
      return [];
    }
  });
}

/** `mmmc@corrected` -> name and view; without a view it is the files as they are. */
export function parseReference(reference: string): { place: string; view: string } {
  if (existsSync(reference)) return { place: reference, view: 'released' };
  const at = /^(.+)@([a-z][\w-]*)$/.exec(reference);
  return { place: at?.[1] ?? reference, view: at?.[2] ?? 'released' };
}

/**
 * Loads a dataset, or a view of it: `mini`, `mmmc@corrected`, `path/to/folder@balanced`. A name is looked for among
 * the embedded datasets, then among those that were got or imported; a folder may hold a stored dataset or the released
 * files. Throws `no_dataset`, `no_view` or `bad_dataset` (exit 2).
 */
export async function loadDataset(reference: string): Promise<Dataset> {
  const { place, view } = parseReference(reference);
  const dataset = await read(place);
  if (view === 'released') return dataset;
  const { applyView } = await import('./views/view.ts');
  return applyView(dataset, view);
}

async function read(place: string): Promise<Dataset> {
  const folder = folderOf(place);
  if (folder !== undefined && isStored(folder)) return readStored(folder);
  if (folder !== undefined) {
    const { isReleased, readReleased } = await import('./mmmc/released.ts');
    if (isReleased(folder)) {
      const { dataset, anomalies } = await readReleased(folder, { lenient: false });
      return { ...dataset, anomalies };
    }
  }
  throw new MmmcError('no_dataset', `there is no dataset ${place}`, {
    exitCode: exitCodes.usage,
    hint:
      place === 'mmmc'
        ? 'Get it with `mmmc dataset get mmmc`, or name a folder that holds its released files.'
        : 'Name `mini`, a dataset that was imported, or a folder with dataset.json; see `mmmc dataset show`.',
  });
}

function folderOf(place: string): string | undefined {
  const named = /^[\w.-]+$/.test(place) ? [join(import.meta.dirname, place), datasetPlace(place)] : [];
  const stored = named.find(isStored);
  if (stored !== undefined) return stored;
  return existsSync(place) && statSync(place).isDirectory() ? resolve(place) : undefined;
}
