import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readBundle, writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable, exitCodes, MmmcError, messageOf } from '../../harness/store/errors.ts';
import { sha256 } from '../../harness/store/hash.ts';
import {
  type PersonRating,
  readRatings,
  readRatingsFile,
  writeRatings,
} from '../../metrics/people/ratings.ts';

/** What an import took. */
export interface ImportedPeople {
  /** Files as named, each with how many people and videos it rates, and lines without a value; `known`: it was imported before. */
  files: { file: string; people: number; videos: number; silent: number[]; known: boolean }[];
}

const keySchema = z.array(z.object({ video: z.string(), cell: z.string() }));

/**
 * Takes ratings into a bundle, all files or none: videos are cells, or codes of a sheet that `key` explains. The same file is
 * taken once. Throws `bad_ratings` (exit 2) for whatever cannot be read, is said twice, or is of no video of the bundle.
 */
export function importPeople(folder: string, files: readonly string[], key?: string): ImportedPeople {
  const bundle = readBundle(folder);
  const codes = key === undefined ? new Map<string, string>() : readKey(key);
  const cells = new Set(bundle.plan.known.cells.keys());
  const before = storedRatings(bundle.paths.people);
  const taken = files.map((file) => {
    const read = readRatingsFile(textOf(file), file);
    const ratings = read.ratings.map((rating) => {
      const video = codes.get(rating.video) ?? rating.video;
      if (!cells.has(video)) throw unknownVideo(file, rating.video, key);
      return { ...rating, video };
    });
    const content = writeRatings(ratings);
    const name = `${sha256(content).slice(0, 16)}.csv`;
    return {
      ...{ file, ratings, content, name },
      silent: read.silent,
      known: existsSync(join(bundle.paths.people, name)),
    };
  });
  const fresh = taken.filter(({ known }) => !known);
  refuseTwice([...before, ...fresh.map(({ file, ratings }) => ({ file, ratings }))]);
  makeFolder(bundle.paths.people);
  for (const { name, content } of fresh) writeWhole(join(bundle.paths.people, name), content);
  return {
    files: taken.map(({ file, ratings, silent, known }) => ({
      ...{ file, silent, known },
      people: new Set(ratings.map(({ rater }) => rater)).size,
      videos: new Set(ratings.map(({ video }) => video)).size,
    })),
  };
}

interface Source {
  file: string;
  ratings: readonly PersonRating[];
}

function storedRatings(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ file: name, ratings: readRatings(textOf(join(folder, name)), name) }));
}

/** Over all files one person rates one video once, and is in one group. */
function refuseTwice(sources: readonly Source[]): void {
  const seen = new Map<string, string>();
  const groups = new Map<string, string>();
  for (const { file, ratings } of sources)
    for (const { rater, group, video } of ratings) {
      const key = JSON.stringify([rater, video]);
      const other = seen.get(key);
      if (other !== undefined)
        throw badImport(`${file}: ${rater} has rated ${video} before, in ${other}`, undefined, newerHint);
      seen.set(key, file);
      const before = groups.get(rater) ?? group;
      if (before !== group)
        throw badImport(`${file}: ${rater} is in group “${group}”, and in “${before}” before`);
      groups.set(rater, group);
    }
}

const newerHint =
  'Nothing was imported. To take newer ratings, remove the file with the older ones from people/ of the bundle and import again.';

function readKey(file: string): Map<string, string> {
  try {
    const rows = keySchema.parse(
      parse(textOf(file), { columns: true, bom: true, skip_empty_lines: true, trim: true }),
    );
    return new Map(rows.map(({ video, cell }) => [video, cell]));
  } catch (cause) {
    if (cause instanceof MmmcError) throw cause;
    throw badImport(`${file} is no key of a sheet: ${messageOf(cause).split('\n')[0]}`, cause);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw badImport(`${file} cannot be read: ${messageOf(cause)}`, cause);
  }
}

function unknownVideo(file: string, video: string, key: string | undefined): MmmcError {
  const why =
    key === undefined
      ? 'Codes of a sheet need its key: --key <the sheet’s folder>-key.csv.'
      : `It is not in ${basename(key)} either.`;
  return badImport(`${file}: the bundle has no video ${video}`, undefined, why);
}

function badImport(
  message: string,
  cause?: unknown,
  hint = 'Nothing was imported. See docs/people.md.',
): MmmcError {
  return new MmmcError('bad_ratings', message, { exitCode: exitCodes.usage, hint, cause });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(folder, cause);
  }
}
