import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../harness/store/errors.ts';
import type { Problems } from '../problems.ts';
import { CsvFile } from './csv-rows.ts';
import { readJsonLines } from './json-lines.ts';
import { readText } from './text.ts';

/** A row of metadata; `part` is the folder that its paths start from, with a slash, or empty. */
export interface Row {
  where: string;
  part: string;
  fields: ReadonlyMap<string, unknown>;
}

/** The rows of metadata.jsonl and metadata.csv, in the folder and in its own folders. */
export function readRows(folder: string, problems: Problems): Row[] {
  const rows = ['', ...foldersIn(folder, problems)].flatMap((part) => [
    ...jsonRows(join(folder, part, 'metadata.jsonl'), part, problems),
    ...csvRows(join(folder, part, 'metadata.csv'), part, problems),
  ]);
  if (rows.length === 0 && problems.count === 0)
    problems.add('missing_file', folder, 'expected metadata.jsonl or metadata.csv with rows, found none');
  return rows;
}

function foldersIn(folder: string, problems: Problems): string[] {
  if (!existsSync(folder)) return [];
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [`${entry.name}/`] : [])).sort();
  } catch (error) {
    problems.add('unreadable_file', folder, messageOf(error));
    return [];
  }
}

function jsonRows(path: string, part: string, problems: Problems): Row[] {
  const file = existsSync(path) ? readText(path, problems) : null;
  if (file === null) return [];
  return readJsonLines(file, problems).flatMap(({ json, root, where }) => {
    const members = json.members(root, 'a row');
    const before = problems.count;
    const fields = new Map((members ?? []).map(({ name, value }) => [name, json.value(value)]));
    return members === undefined || problems.count > before ? [] : [{ where, part, fields }];
  });
}

function csvRows(path: string, part: string, problems: Problems): Row[] {
  const file = existsSync(path) ? readText(path, problems) : null;
  if (file === null) return [];
  const csv = new CsvFile(file, problems);
  return csv.rows.map((row) => {
    const cells = csv.header.map((name, i): [string, unknown] => [name, row.cells[i] ?? '']);
    return { where: csv.at(row), part, fields: new Map(cells.filter(([, cell]) => cell !== '')) };
  });
}
