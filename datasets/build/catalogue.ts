import { createReadStream, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf } from '../../harness/store/errors.ts';
import { readCsvRows } from './catalogue-csv.ts';
import { readInfoFolder } from './catalogue-info.ts';
import type { BuildConfig } from './config.ts';
import { readRow } from './entry.ts';
import { badCatalogue, type CatalogueRow, isRecord } from './row.ts';

/**
 * Reads a catalogue row by row, never whole. A row that is broken, or repeats an id, is handed on as such.
 * Throws `bad_catalogue` (exit 2) when there is no catalogue at all.
 */
export async function* readCatalogue(config: BuildConfig): AsyncGenerator<CatalogueRow> {
  const seen = new Map<string, string>();
  for await (const row of rowsOf(config)) {
    const first = row.ok ? seen.get(row.entry.id) : undefined;
    if (row.ok && first !== undefined) {
      const message = `id ${row.entry.id} stands already at ${first}`;
      yield { ok: false, where: row.where, problem: { cause: 'duplicate_id', message } };
      continue;
    }
    if (row.ok) seen.set(row.entry.id, row.where);
    yield row;
  }
}

function rowsOf(config: BuildConfig): AsyncIterable<CatalogueRow> {
  const { catalogue: path } = config;
  const { kind } = config.file.catalogue;
  const found = statSync(path, { throwIfNoEntry: false });
  const wanted = kind === 'info-json' ? found?.isDirectory() : found?.isFile();
  if (!wanted)
    throw badCatalogue(
      `there is no ${kind === 'info-json' ? 'folder' : 'file'} ${path}`,
      'Check catalogue.path.',
    );
  if (kind === 'csv') return readCsvRows(path);
  if (kind === 'jsonl') return readJsonLines(path);
  return readInfoFolder(path, config.file.language);
}

async function* readJsonLines(path: string): AsyncGenerator<CatalogueRow> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() !== '')
      yield readJsonRow(line.replace(/^\uFEFF/, ''), `${path}:${number}`, dirname(path));
  }
}

function readJsonRow(line: string, where: string, folder: string): CatalogueRow {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value)) return readRow(value, where, folder);
    return { ok: false, where, problem: { cause: 'broken_row', message: 'it is not a JSON object' } };
  } catch (thrown) {
    return { ok: false, where, problem: { cause: 'broken_row', message: messageOf(thrown) } };
  }
}
