import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import type { Anomaly, Dataset } from '../schema.ts';
import type { ProbeVideo } from './media.ts';

/** What can be imported. */
export const importKinds = ['mmmc', 'hugging-face', 'csv', 'jsonl'] as const;
export type ImportKind = (typeof importKinds)[number];

export interface ImportOptions {
  /** Leave out what cannot be read, and read the rest. */
  lenient: boolean;
  name?: string | undefined;
  /** For csv: the dataset that the file was exported from. */
  base?: Dataset | undefined;
  /** For hugging-face: path of the YAML that names its fields. */
  map?: string | undefined;
  /** Looks into videos, in the sandbox; without it they get type and hash only. */
  probe?: ProbeVideo | undefined;
}

export interface Imported {
  dataset: Dataset;
  anomalies: readonly Anomaly[];
}

/**
 * Reads a folder or file of a kind; the reader is loaded when its kind is asked for. Throws `bad_dataset` (exit 2), also
 * when there is no topic in it, lenient or not: what holds nothing would take the place of a dataset.
 */
export async function importDataset(
  kind: ImportKind,
  from: string,
  options: ImportOptions,
): Promise<Imported> {
  const imported = await read(kind, from, options);
  if (imported.dataset.topics.length > 0) return imported;
  const found = imported.anomalies.map(({ where, message }) => `${where}: ${message}`);
  throw new MmmcError('bad_dataset', [`${from} holds no topic that can be read`, ...found].join('\n'), {
    exitCode: exitCodes.usage,
    hint: 'Nothing was written.',
  });
}

async function read(kind: ImportKind, from: string, options: ImportOptions): Promise<Imported> {
  switch (kind) {
    case 'mmmc':
      return (await import('../mmmc/released.ts')).readReleased(from, options);
    case 'hugging-face':
      return (await import('./hugging-face.ts')).importHuggingFace(from, options);
    case 'csv':
      return (await import('./csv.ts')).importCsv(from, options);
    case 'jsonl':
      return (await import('./jsonl.ts')).importJsonl(from, options);
  }
}
