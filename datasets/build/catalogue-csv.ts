import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { readRow } from './entry.ts';
import { badCatalogue, type CatalogueRow, isRecord } from './row.ts';

/** Bytes looked at to tell the delimiter. */
const headBytes = 65536;

/** Rows of a CSV with a header line; comma, semicolon or tab, with or without a byte-order mark, CRLF or LF. */
export async function* readCsvRows(path: string): AsyncGenerator<CatalogueRow> {
  const broken: CsvError[] = [];
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(path),
    columns: (header: string[]) => columnsOf(header, path),
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error) => error && broken.push(error));
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record, info } of parser) {
      const line = Number(info.lines);
      // The parser reads ahead: what it refused waits for its place among the rows.
      const before = broken.findIndex((error) => lineOf(error) > line);
      yield* broken.splice(0, before < 0 ? broken.length : before).map((error) => brokenRow(path, error));
      if (isRecord(record)) yield readRow(record, `${path}:${line}`, dirname(path));
    }
  } catch (thrown) {
    // A quote that is never closed swallows the rest of the file.
    if (!(thrown instanceof CsvError)) throw thrown;
    broken.push(thrown);
  }
  yield* broken.map((error) => brokenRow(path, error));
}

function brokenRow(path: string, error: CsvError): CatalogueRow {
  const where = `${path}:${lineOf(error)}`;
  return { ok: false, where, problem: { cause: 'broken_row', message: error.message } };
}

function lineOf(error: CsvError): number {
  return Number(error.lines) || 1;
}

function columnsOf(header: readonly string[], path: string): string[] {
  const names = header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  if (!names.includes('title'))
    throw badCatalogue(
      `${path}:1 names no column title`,
      'The first line names the columns: id, title, description, duration_s, chapters, tags, category, url, …',
    );
  return names;
}

/** The one of `,` `;` and tab that the first line holds most of, outside quotes. */
async function delimiterOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head =
      buffer
        .toString('utf8', 0, bytesRead)
        .split(/\r?\n/)[0]
        ?.replace(/"[^"]*"/g, '') ?? '';
    const counts = [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length }));
    return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark;
  } finally {
    await file.close();
  }
}
