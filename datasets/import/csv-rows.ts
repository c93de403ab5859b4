import { CsvError, parse } from 'csv-parse/sync';
import type { Problems } from '../problems.ts';
import { placeIn, type TextFile } from './text.ts';

/** A record of a CSV file: its cells, its bytes, and where it begins in the text. */
export interface CsvRow {
  cells: readonly string[];
  start: number;
  end: number;
  offset: number;
}

export type Separator = ',' | ';' | '\t';
const separators: readonly Separator[] = [',', ';', '\t'];

/** Broken records told; after so many the file is something else. */
const mostBroken = 100;

/** A CSV file (RFC 4180; separator comma, semicolon or tab, by its first line; byte order mark allowed). */
export class CsvFile {
  readonly file: TextFile;
  readonly separator: Separator;
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly #bytes: Buffer;

  /** Reads all records; a broken one is a problem, and reading goes on with the next line. */
  constructor(file: TextFile, problems: Problems) {
    this.file = file;
    this.#bytes = Buffer.from(file.text);
    const start = file.text.startsWith('\uFEFF') ? 3 : 0;
    this.separator = separatorOf(this.#line(start));
    const [header, ...rows] = this.#read(start, problems);
    this.header = header?.cells ?? [];
    this.rows = rows.filter((row) => row.cells.some((cell) => cell !== '') && this.#fits(row, problems));
  }

  #line(start: number): string {
    const end = this.#bytes.indexOf('\n', start);
    return this.#bytes.subarray(start, end === -1 ? undefined : end).toString();
  }

  #read(start: number, problems: Problems): CsvRow[] {
    const rows: CsvRow[] = [];
    let at = start;
    for (let broken = 0; at < this.#bytes.length; broken++) {
      const reason = this.#readFrom(at, rows);
      if (reason === null) break;
      at = this.#firstByte(Math.max(at, rows.at(-1)?.end ?? at));
      problems.add('bad_csv', this.#place(at), reason);
      const next = this.#bytes.indexOf('\n', at);
      if (next === -1) break;
      at = next + 1;
      if (broken < mostBroken) continue;
      problems.add(
        'bad_csv',
        this.#place(at),
        `more than ${mostBroken} records are broken; the rest was not read`,
      );
      break;
    }
    return rows;
  }

  /** Adds the records from a byte on, up to the first broken one, and says what is wrong with that. */
  #readFrom(from: number, rows: CsvRow[]): string | null {
    let start = from;
    const lone = !this.#bytes.includes('\n');
    try {
      parse(this.#bytes.subarray(from), {
        delimiter: this.separator,
        record_delimiter: lone ? ['\r'] : ['\r\n', '\n'],
        relax_column_count: true,
        skip_empty_lines: true,
        on_record: (cells: string[], { bytes }) => {
          start = this.#firstByte(start);
          rows.push({ cells, start, end: from + bytes, offset: this.#offsetOf(start, rows.at(-1)) });
          start = from + bytes;
          return null;
        },
      });
      return null;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return expectations[error.code] ?? error.message;
    }
  }

  /** Past line ends. */
  #firstByte(at: number): number {
    let byte = at;
    while (this.#bytes[byte] === 10 || this.#bytes[byte] === 13) byte++;
    return byte;
  }

  #fits(row: CsvRow, problems: Problems): boolean {
    const { cells } = row;
    if (this.file.damaged && cells.some((cell) => cell.includes('\uFFFD'))) {
      problems.add('bad_utf8', this.at(row), 'the row holds bytes that are no UTF-8');
      return false;
    }
    const extra = cells.slice(this.header.length).some((cell) => cell !== '');
    if (cells.length >= this.header.length && !extra) return true;
    problems.add('bad_csv', this.at(row), `expected ${this.header.length} cells, found ${cells.length}`);
    return false;
  }

  /** `file:line:column` of a row, or of one of its cells. */
  at(row: CsvRow, cell = 0): string {
    if (cell === 0) return placeIn(this.file, row.offset);
    const record = this.#bytes.subarray(row.start, row.end);
    const before = record.subarray(0, cellStart(record, cell, this.separator));
    return placeIn(this.file, row.offset + before.toString().length);
  }

  #place(byte: number): string {
    return placeIn(this.file, this.#offsetOf(byte, undefined));
  }

  /** Offset in the text of a byte, counted from a row before it. */
  #offsetOf(byte: number, known: CsvRow | undefined): number {
    const { start, offset } = known ?? { start: 0, offset: 0 };
    return offset + this.#bytes.subarray(start, byte).toString().length;
  }
}

const expectations: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE:
    'expected a separator or the end of the line after the closing quote of a cell in this record; quotes inside are doubled',
  CSV_QUOTE_NOT_CLOSED:
    'expected a closing quote, found the end of the file; the cell that is not closed is in this record',
  INVALID_OPENING_QUOTE: 'expected a cell with a quote in it to be in quotes, and the quote doubled',
};

/** The separator that cuts the first line into the most cells. */
function separatorOf(line: string): Separator {
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const cells = (separator: Separator) => bare.split(separator).length;
  return separators.toSorted((a, b) => cells(b) - cells(a))[0] ?? ',';
}

/** Where a cell of a sound record begins, in bytes from the record's beginning. */
function cellStart(record: Buffer, cell: number, separator: Separator): number {
  let [left, quoted] = [cell, false];
  for (const [i, byte] of record.entries()) {
    if (left === 0) return i;
    if (byte === 34) quoted = !quoted;
    else if (byte === separator.charCodeAt(0) && !quoted) left--;
  }
  return left === 0 ? record.length : 0;
}
