import { type PaperDimension, paperDimensions, writtenName } from '../aesthetics/rubrics.ts';
import { badRatings, readLines } from './csv.ts';

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

/** A file of ratings, read. */
export interface RatingsFile {
  ratings: PersonRating[];
  /** Lines without a value: they say nothing, as those of a template that were not filled in. */
  silent: number[];
}

/** The ratings of a file; see `readRatingsFile`. */
export const readRatings = (csv: string, file: string): PersonRating[] => readRatingsFile(csv, file).ratings;

/**
 * Reads ratings as CSV: columns rater, group, video, dimension, value; one line for each thing a person said of a video. `dimension` is one of the five
 * (value 0 to 100), `finished` (yes or no), `rank` (1 is the best) or `quiz:<question id>` (a letter or NULL). Throws MmmcError `bad_ratings` that names
 * the line: a column missing, a value out of range, the same thing said twice, a person in two groups.
 */
export function readRatingsFile(csv: string, file: string): RatingsFile {
  const lines = readLines(csv, file);
  const ratings = new Map<string, OpenRating>();
  const groups = new Map<string, string>();
  const said = new Set<string>();
  for (const { line, rater, group, video, dimension, value } of lines) {
    if (value === '') continue;
    const fail = (message: string) => badRatings(`${file}:${line}: ${message}`);
    if (rater === '') throw fail('rater is empty');
    if (video === '') throw fail('video is empty');
    const key = JSON.stringify([rater, video]);
    if (said.has(key + dimension)) throw fail(`${rater} has said ${dimension} of ${video} before`);
    said.add(key + dimension);
    const before = groups.get(rater) ?? group;
    if (before !== group)
      throw fail(`${rater} was in ${before === '' ? 'no group' : `group ${before}`} before`);
    groups.set(rater, group);
    const rating = ratings.get(key) ?? nothingSaid(rater, group, video);
    ratings.set(key, rating);
    const problem = put(rating, dimension, value);
    if (problem !== null) throw fail(problem);
  }
  if (ratings.size === 0) throw badRatings(`${file}: nobody has said anything in it`);
  return {
    ratings: [...ratings.values()],
    silent: lines.flatMap((one) => (one.value === '' ? one.line : [])),
  };
}

type OpenRating = PersonRating & { answers: Map<string, string> };

function nothingSaid(rater: string, group: string, video: string): OpenRating {
  return { rater, group, video, scores: {}, finished: null, rank: null, answers: new Map() };
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

/** Puts one thing into a rating; says what is wrong with it, if anything. */
function put(rating: OpenRating, dimension: string, value: string): string | null {
  const known = paperDimensions.find((name) => writtenName(name) === dimension);
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
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
  const question = dimension.slice('quiz:'.length);
  if (question === '') return 'quiz: names no question';
  rating.answers.set(question, value.toUpperCase());
  return /^([A-Z]|NULL)$/i.test(value) ? null : `${dimension} is ${value}, not a letter or NULL`;
}
