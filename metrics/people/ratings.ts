import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { type PaperDimension, paperDimensions, writtenName } from '../aesthetics/rubrics.ts';

/** What one person said of one video. */
export interface PersonRating {
  rater: string;
  /** Such as `middle school`; '' where the study has no groups. */
  group: string;
  /** As the file names the video: a cell's id, or a code of a blind sheet. */
  video: string;
  /** 0 to 100. */
  scores: Partial<Record<PaperDimension, number>>;
  /** Did the person watch to the end? `null` when nobody asked. */
  finished: boolean | null;
  /** Place that the person gave the video among those of its topic, 1 the best. */
  rank: number | null;
  /** Question id -> letter in the order shown, or `NULL`. */
  answers: ReadonlyMap<string, string>;
}

const rowSchema = z.object({
  rater: z.string().min(1, 'is empty'),
  group: z.string().default(''),
  video: z.string().min(1, 'is empty'),
  dimension: z.string(),
  value: z.string(),
});

/**
 * Reads ratings as CSV: columns rater, group, video, dimension, value; one line for each thing a person said of a video. `dimension` is one of the five
 * (value 0 to 100), `finished` (yes or no), `rank` (1 is the best) or `quiz:<question id>` (a letter or NULL). Throws MmmcError `bad_ratings` that names
 * the line: a column missing, a value out of range, the same thing said twice.
 */
export function readRatings(csv: string, file: string): PersonRating[] {
  const rows = rowsOf(csv, file);
  const ratings = new Map<string, PersonRating & { answers: Map<string, string> }>();
  const said = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const fail = (message: string) => badRatings(`${file}:${at + 2}: ${message}`);
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success)
      throw fail(parsed.error.issues.map(({ path, message }) => `${path} ${message}`).join(', '));
    const { rater, group, video, dimension, value } = parsed.data;
    const key = JSON.stringify([rater, video]);
    if (said.has(key + dimension)) throw fail(`${rater} has said ${dimension} of ${video} before`);
    said.add(key + dimension);
    const rating = ratings.get(key) ?? {
      rater,
      group,
      video,
      scores: {},
      finished: null,
      rank: null,
      answers: new Map(),
    };
    if (rating.group !== group) throw fail(`${rater} was in group ${rating.group} before`);
    ratings.set(key, rating);
    const problem = put(rating, dimension.trim(), value.trim());
    if (problem !== null) throw fail(problem);
  }
  return [...ratings.values()];
}

/** The same as CSV again: `readRatings` gives back what was written. */
export function writeRatings(ratings: readonly PersonRating[]): string {
  const lines = ratings.flatMap(({ rater, group, video, scores, finished, rank, answers }) => {
    const said: [string, string | number][] = [
      ...paperDimensions.flatMap((name): [string, number][] =>
        scores[name] === undefined ? [] : [[writtenName(name), scores[name]]],
      ),
      ...(finished === null ? [] : [['finished', finished ? 'yes' : 'no'] satisfies [string, string]]),
      ...(rank === null ? [] : [['rank', rank] satisfies [string, number]]),
      ...[...answers].map(([question, letter]): [string, string] => [`quiz:${question}`, letter]),
    ];
    return said.map(([dimension, value]) => [rater, group, video, dimension, value].map(quoted).join(','));
  });
  return `rater,group,video,dimension,value\n${lines.map((line) => `${line}\n`).join('')}`;
}

const quoted = (value: string | number) =>
  /[",;\r\n]|^\s|\s$/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

function rowsOf(csv: string, file: string): unknown[] {
  try {
    return parse(csv, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: [',', ';'],
    });
  } catch (error) {
    if (error instanceof CsvError) throw badRatings(`${file}: ${error.message}`, error);
    throw error;
  }
}

/** Puts one thing into a rating; says what is wrong with it, if anything. */
function put(
  rating: PersonRating & { answers: Map<string, string> },
  dimension: string,
  value: string,
): string | null {
  const known = paperDimensions.find((name) => writtenName(name) === dimension);
  const number = value === '' ? Number.NaN : Number(value);
  if (known !== undefined) {
    rating.scores[known] = number;
    return number >= 0 && number <= 100 ? null : `${dimension} is ${value}, not a number from 0 to 100`;
  }
  if (dimension === 'finished') {
    rating.finished = value === 'yes';
    return ['yes', 'no'].includes(value) ? null : `finished is ${value}, not yes or no`;
  }
  if (dimension === 'rank') {
    rating.rank = number;
    return Number.isInteger(number) && number > 0 ? null : `rank is ${value}, not a whole number from 1`;
  }
  if (!dimension.startsWith('quiz:'))
    return `there is no dimension ${dimension}: write ${paperDimensions.map(writtenName).join(', ')}, finished, rank or quiz:<question id>`;
  rating.answers.set(dimension.slice('quiz:'.length), value.toUpperCase());
  return /^([A-Z]|NULL)$/i.test(value) ? null : `${dimension} is ${value}, not a letter or NULL`;
}

function badRatings(message: string, cause?: unknown): MmmcError {
  return new MmmcError('bad_ratings', message, {
    hint: 'Columns are rater, group, video, dimension, value: see docs/people.md. Nothing was imported.',
    exitCode: exitCodes.usage,
    cause,
  });
}
