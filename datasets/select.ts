import { readFileSync } from 'node:fs';
import { exitCodes, MmmcError, messageOf } from '../harness/store/errors.ts';
import { sha256 } from '../harness/store/hash.ts';
import type { Dataset, Topic } from './schema.ts';

/** Which topics of a dataset to take; all parts must hold. */
export interface Selection {
  /** Ids, slugs, titles, other names, or globs over slugs and titles (`*`, `?`). */
  names?: readonly string[] | undefined;
  categories?: readonly string[] | undefined;
  /** A text file with one id, slug or title a line; `#` begins a comment. */
  list?: string | undefined;
  /** So many topics, each category by its share. */
  sample?: number | undefined;
  /** Another seed, another sample. */
  seed?: number | undefined;
}

/**
 * The chosen topics: in the order named, else in the dataset's. Throws `no_topic` or `bad_list` (exit 2) naming all
 * that does not exist.
 */
export function selectTopics(dataset: Dataset, selection: Selection | undefined): readonly Topic[] {
  const { names, categories, list, sample, seed = 1 } = selection ?? {};
  const asked = [...(names ?? []), ...(list === undefined ? [] : readList(list))];
  const named = names === undefined && list === undefined ? dataset.topics : byName(dataset, asked);
  const kept = categories === undefined ? named : inCategories(dataset, named, categories);
  return sample === undefined ? kept : stratifiedSample(kept, sample, seed);
}

function byName(dataset: Dataset, names: readonly string[]): Topic[] {
  const missing = names.filter((name) => find(dataset, name).length === 0);
  if (missing.length > 0) {
    const slugs = dataset.topics.slice(0, 12).map(({ slug }) => slug);
    const more = dataset.topics.length > slugs.length ? ', …' : '';
    throw unknown(
      `dataset ${dataset.name} has no topic ${missing.join(', ')}`,
      `It has: ${slugs.join(', ')}${more}; \`mmmc dataset show ${dataset.name}\` lists them.`,
    );
  }
  return [...new Set(names.flatMap((name) => find(dataset, name)))];
}

/** Topics that a name means; one that is a name of its own is never read as a glob. */
function find(dataset: Dataset, name: string): readonly Topic[] {
  const exact = dataset.topics.filter(
    ({ id, slug, title, aliases }) =>
      id === name || slug === name || title === name || aliases.includes(name),
  );
  if (exact.length > 0 || !/[*?]/.test(name)) return exact;
  const escaped = name.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const glob = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'isu');
  return dataset.topics.filter(({ slug, title }) => glob.test(slug) || glob.test(title));
}

function inCategories(dataset: Dataset, topics: readonly Topic[], categories: readonly string[]): Topic[] {
  const known = [...new Set(dataset.topics.flatMap(({ category }) => category ?? []))].sort();
  const wanted = categories.map((name) => name.toLowerCase());
  const missing = categories.filter((name) => !known.some((k) => k.toLowerCase() === name.toLowerCase()));
  if (missing.length > 0)
    throw unknown(
      `dataset ${dataset.name} has no category ${missing.join(', ')}`,
      `It has: ${known.join(', ')}`,
    );
  return topics.filter(({ category }) => category !== null && wanted.includes(category.toLowerCase()));
}

function readList(path: string): string[] {
  const lines = listText(path)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  return lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}

function listText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unknown(`cannot read the list ${path}: ${messageOf(cause)}`, 'Check the path.', 'bad_list');
  }
}

/**
 * A stratified sample: places are shared out over categories by size (largest remainder), and within a category the
 * topics with the smallest hashes of seed and id are taken, so a larger sample holds the smaller ones of its categories.
 */
export function stratifiedSample(topics: readonly Topic[], size: number, seed: number): Topic[] {
  if (!Number.isInteger(size) || size < 1 || size > topics.length)
    throw unknown(`a sample of ${size} cannot be drawn from ${topics.length} topics`, 'Change --sample.');
  if (!Number.isInteger(seed)) throw unknown(`${seed} is no seed`, 'Use a whole number for --seed.');
  const strata = [...Map.groupBy(topics, ({ category }) => category ?? '').entries()];
  const rank = (text: string) => sha256(`${seed}|${text}`);
  const shares = strata.map(([name, members]) => {
    const exact = (members.length * size) / topics.length;
    return { name, members, places: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = size - shares.reduce((sum, { places }) => sum + places, 0);
  for (const share of shares.toSorted((a, b) => b.rest - a.rest || compare(rank(a.name), rank(b.name))))
    if (left-- > 0) share.places++;
  const taken = new Set(
    shares.flatMap(({ members, places }) =>
      members.toSorted((a, b) => compare(rank(a.id), rank(b.id))).slice(0, places),
    ),
  );
  return topics.filter((topic) => taken.has(topic));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function unknown(message: string, hint: string, code = 'no_topic'): MmmcError {
  return new MmmcError(code, message, { exitCode: exitCodes.usage, hint });
}
