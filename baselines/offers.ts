import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, parse as parsePath, resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { exitCodes, MmmcError, messageOf } from '../harness/store/errors.ts';
import type { Reported } from './given.ts';

/** Containers that can be imported; webm is encoded anew. */
export const videoTypes = ['.mp4', '.mov', '.m4v', '.webm'];

/** A video that somebody offers, before it is known whose topic it is. */
export interface Offer {
  file: string;
  /** The file as its folder or CSV names it: what a person calls it by. */
  source: string;
  /** What it calls its topic: a column, else the file's name. */
  name: string;
  code?: string | undefined;
  reported?: Reported | undefined;
}

/** The videos of a folder (its code beside each, under the same name), or of a CSV. Throws `bad_import` (exit 2). */
export function readOffers(path: string): Offer[] {
  if (!existsSync(path)) throw badImport(`${path} does not exist`, 'Name a folder with videos or a CSV.');
  const folder = statSync(path).isDirectory();
  if (!folder && extname(path).toLowerCase() !== '.csv')
    throw badImport(`${path} is neither a folder nor a CSV`, 'Name the folder that the videos lie in.');
  const offers = folder ? ofFolder(path) : ofCsv(path);
  if (offers.length === 0)
    throw badImport(
      `${path} holds no videos`,
      `Videos end in ${videoTypes.join(', ')}; those in folders further down are named in a CSV.`,
    );
  return offers;
}

function ofFolder(folder: string): Offer[] {
  const names = readdirSync(folder).filter((name) => videoTypes.includes(extname(name).toLowerCase()));
  return names.sort().map((name) => {
    const code = join(folder, `${parsePath(name).name}.py`);
    return {
      file: join(folder, name),
      source: name,
      name: parsePath(name).name,
      ...(existsSync(code) && { code: checkedCode(code) }),
    };
  });
}

/** Code is copied as it is, so that it must be what it seems: a link could lead to any file. */
function checkedCode(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.size <= mostCode) return path;
  const why = found === undefined ? 'does not exist' : `is no regular file of at most ${mostCode} bytes`;
  throw badImport(`the code ${path} ${why}`, 'Correct its path, or take it away.');
}

const mostCode = 1_000_000;

const number = z
  .string()
  .transform((text) => (text.trim() === '' ? null : Number(text)))
  .pipe(z.number().nonnegative().nullable())
  .default(null);
const rowSchema = z.object({
  file: z.string().min(1),
  topic: z.string().default(''),
  code: z.string().default(''),
  cost_usd: number,
  time_s: number,
  input_tokens: number,
  output_tokens: number,
  calls: number,
});
const columns = Object.keys(rowSchema.shape);

function ofCsv(path: string): Offer[] {
  const folder = dirname(path);
  return rowsOf(path).map((row, i) => {
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success)
      throw badImport(
        `${path}:${i + 2}: ${z.prettifyError(parsed.error)}`,
        `Columns: ${columns.join(', ')}.`,
      );
    const { file, topic, code, cost_usd, time_s, input_tokens, output_tokens, calls } = parsed.data;
    const reported = {
      costUsd: cost_usd,
      timeS: time_s,
      inputTokens: input_tokens,
      outputTokens: output_tokens,
      calls,
    };
    const full = resolve(folder, file);
    if (!existsSync(full))
      throw badImport(`${path}:${i + 2}: ${full} does not exist`, 'Paths start from the CSV’s folder.');
    const told = Object.values(reported).some((value) => value !== null);
    return {
      file: full,
      source: file,
      name: topic || parsePath(file).name,
      ...(code && { code: checkedCode(resolve(folder, code)) }),
      ...(told && { reported }),
    };
  });
}

function rowsOf(path: string): Record<string, unknown>[] {
  try {
    const rows: Record<string, unknown>[] = parse(readFileSync(path), {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
    });
    const unknown = Object.keys(rows[0] ?? {}).filter((name) => !columns.includes(name));
    if (unknown.length === 0) return rows;
    throw badImport(`${path}: there is no column ${unknown.join(', ')}`, `Columns: ${columns.join(', ')}.`);
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    throw badImport(`${path}: ${messageOf(thrown)}`, `Columns: ${columns.join(', ')}.`);
  }
}

export function badImport(message: string, hint: string): MmmcError {
  return new MmmcError('bad_import', message, { hint, exitCode: exitCodes.usage });
}
