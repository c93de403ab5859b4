import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';

/** One line of a file of ratings: one thing that a person said of a video. */
export interface RatingLine {
  /** In the file, the head being line 1. */
  line: number;
  rater: string;
  group: string;
  video: string;
  dimension: string;
  value: string;
}

const columns = ['rater', 'group', 'video', 'dimension', 'value'];
const needed = columns.filter((name) => name !== 'group');

const parsedSchema = z.array(
  z.object({
    info: z.object({ lines: z.number() }),
    record: z.object({
      rater: z.string(),
      group: z.string().default(''),
      video: z.string(),
      dimension: z.string(),
      value: z.string(),
    }),
  }),
);

/**
 * The lines of a CSV with a head, by comma or semicolon (which one, the head says), as spreadsheets write it: a byte order mark, carriage
 * returns and empty lines are no matter. Throws MmmcError `bad_ratings` for a file without a head or with other columns.
 */
export function readLines(csv: string, file: string): RatingLine[] {
  const head = csv.replace(/^\u{feff}/u, '').match(/^\s*([^\r\n]*)/)?.[1] ?? '';
  if (head === '') throw badRatings(`${file} is empty`);
  const options = {
    columns: (names: string[]) => checked(names, file),
    delimiter: head.includes(';') ? ';' : ',',
    info: true,
  };
  try {
    const common = { bom: true, skip_empty_lines: true, skip_records_with_empty_values: true, trim: true };
    const parsed = parsedSchema.parse(parse(csv, { ...common, ...options }));
    return parsed.map(({ info, record }) => ({ line: info.lines, ...record }));
  } catch (error) {
    if (error instanceof CsvError) throw badRatings(`${file}: ${error.message}`, error);
    throw error;
  }
}

function checked(names: readonly string[], file: string): string[] {
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) throw badRatings(`${file}:1: there is no column ${missing.join(', ')}`);
  const other = names.find((name, i) => !columns.includes(name) || names.indexOf(name) !== i);
  if (other === undefined) return [...names];
  throw badRatings(
    `${file}:1: ${names.indexOf(other) === names.lastIndexOf(other) ? 'unknown' : 'repeated'} column ${other || '(without a name)'}`,
  );
}

/** What people said cannot be taken as it stands. */
export function badRatings(message: string, cause?: unknown): MmmcError {
  return new MmmcError('bad_ratings', message, {
    hint: 'Columns are rater, group, video, dimension, value: see docs/people.md. Nothing was imported.',
    exitCode: exitCodes.usage,
    cause,
  });
}
