import { basename, dirname, extname, resolve } from 'node:path';
import { storedName } from '../export/companions.ts';
import { csvColumns, topicColumns } from '../export/csv.ts';
import { diffDatasets } from '../export/diff.ts';
import { Problems } from '../problems.ts';
import { type Dataset, letters, type Question, type Topic } from '../schema.ts';
import { assembleTopics, plainTopic, type QuestionDraft, type TopicDraft } from './assemble.ts';
import { restoreCell, splitWords } from './cells.ts';
import { CsvFile, type CsvRow } from './csv-rows.ts';
import type { Imported } from './import.ts';
import { nameFrom } from './name.ts';
import { readText } from './text.ts';

export interface CsvImportOptions {
  lenient: boolean;
  name?: string | undefined;
  /** The dataset that the file was exported from: what has no column is taken from it, by id. */
  base?: Dataset | undefined;
}

/**
 * Imports the generic CSV layout (docs/dataset.md): one row per question, topics in the order of their first rows. Throws
 * `bad_dataset` (exit 2) naming file, line and column of everything that is wrong.
 */
export async function importCsv(path: string, options: CsvImportOptions): Promise<Imported> {
  const problems = new Problems();
  const { base, lenient } = options;
  const name = options.name ?? (base && storedName(base)) ?? nameFrom(basename(path, extname(path)));
  const collection = base?.collection ?? name;
  const file = readText(path, problems);
  const csv = file === null ? null : new CsvFile(file, problems);
  if (csv !== null) checkHeader(csv, problems);
  const reader = csv && new RowReader(csv, problems, collection, base);
  const topics = assembleTopics(reader?.topics() ?? [], collection, problems);
  const anomalies = problems.settle(lenient);
  const facts = base ?? {
    version: '1',
    title: name,
    description: '',
    licence: 'unknown',
    folder: resolve(dirname(path)),
  };
  const { title, description, licence, folder } = facts;
  const version = base && isChanged(base, topics) ? `${base.version}-changed` : facts.version;
  const dataset = {
    name,
    version,
    title,
    description,
    licence,
    collection,
    view: 'released',
    folder,
    topics,
  };
  return { dataset, anomalies };
}

function isChanged(base: Dataset, topics: readonly Topic[]): boolean {
  const { added, removed, changes } = diffDatasets(base, { topics });
  return added.length + removed.length + changes.length > 0;
}

const required = ['topic', 'stem', 'option_a', 'option_b', 'key'];

function checkHeader(csv: CsvFile, problems: Problems): void {
  const where = `${csv.file.path}:1:1`;
  const repeated = csv.header.filter((name, i) => name !== '' && csv.header.indexOf(name) < i);
  for (const name of repeated) problems.add('bad_header', where, `column ${name} occurs twice`);
  for (const name of csv.header)
    if (name !== '' && !csvColumns.includes(name))
      problems.add(
        'unknown_column',
        where,
        `unknown column ${JSON.stringify(name)}; known: ${csvColumns.join(', ')}`,
      );
  const missing = required.filter((name) => !csv.header.includes(name));
  if (missing.length > 0)
    problems.add('bad_header', where, `expected columns ${missing.join(', ')}, found none`);
}

/** Rows to drafts of topics. */
class RowReader {
  readonly #csv: CsvFile;
  readonly #problems: Problems;
  readonly #collection: string;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #baseTopics: ReadonlyMap<string, Topic>;
  readonly #baseQuestions: ReadonlyMap<string, Question>;

  constructor(csv: CsvFile, problems: Problems, collection: string, base: Dataset | undefined) {
    this.#csv = csv;
    this.#problems = problems;
    this.#collection = collection;
    this.#columns = new Map(csv.header.map((name, i) => [name, i]));
    const topics = base?.topics ?? [];
    this.#baseTopics = new Map(topics.map((topic) => [topic.id, topic]));
    this.#baseQuestions = new Map(
      topics.flatMap(({ quiz }) => quiz.map((question) => [question.id, question])),
    );
  }

  topics(): TopicDraft[] {
    // A row that somebody added has a title and no id: it belongs to the topic of this title.
    const withId = this.#csv.rows.filter((row) => this.#text(row, 'topic_id') !== null);
    const firstOf = new Map(withId.toReversed().map((row) => [this.#text(row, 'topic'), row]));
    const groups = Map.groupBy(this.#csv.rows, (row) => {
      const title = this.#text(row, 'topic');
      const known = this.#text(row, 'topic_id') === null ? firstOf.get(title) : row;
      return (known && this.#text(known, 'topic_id')) ?? title ?? '';
    });
    return [...groups.values()].flatMap((rows) => {
      const first = rows.find((row) => this.#text(row, 'topic_id') !== null) ?? rows[0];
      if (first === undefined) return [];
      for (const other of rows) if (other !== first) this.#checkAgreement(first, other);
      return this.#topic(
        first,
        rows.flatMap((row) => this.#question(row) ?? []),
      );
    });
  }

  #text(row: CsvRow, column: string): string | null {
    const at = this.#columns.get(column);
    return at === undefined ? null : restoreCell(row.cells[at] ?? '');
  }

  /** The cell's text, or `other` when the file has no such column. */
  #or<T>(row: CsvRow, column: string, other: T): string | null | T {
    return this.#columns.has(column) ? this.#text(row, column) : other;
  }

  #wrong(kind: string, row: CsvRow, column: string, message: string): void {
    this.#problems.add(kind, this.#csv.at(row, this.#columns.get(column) ?? 0), message);
  }

  #checkAgreement(first: CsvRow, other: CsvRow): void {
    for (const column of topicColumns) {
      const [a, b] = [this.#text(first, column), this.#text(other, column)];
      if (a === b || (b === null && this.#text(other, 'topic_id') === null)) continue;
      const message = `expected ${column} ${JSON.stringify(a ?? '')} as in the topic's first row, found ${JSON.stringify(b ?? '')}`;
      this.#wrong('topic_differs', other, column, message);
    }
  }

  #topic(row: CsvRow, quiz: QuestionDraft[]): TopicDraft {
    const id = this.#text(row, 'topic_id') ?? undefined;
    const base = id === undefined ? undefined : this.#baseTopics.get(id);
    const { quiz: _, slug, ...kept } = base ?? { ...plainTopic, slug: undefined, quiz: [] };
    const words = (column: string, other: readonly string[]) =>
      this.#columns.has(column) ? splitWords(this.#text(row, column)) : [...other];
    return {
      ...kept,
      where: this.#csv.at(row, this.#columns.get('topic') ?? 0),
      id,
      slug: this.#or(row, 'slug', slug) ?? undefined,
      title: this.#or(row, 'topic', base?.title) ?? '',
      category: this.#or(row, 'category', kept.category),
      language: this.#or(row, 'language', kept.language) ?? plainTopic.language,
      source: {
        collection: this.#or(row, 'collection', base?.source.collection) ?? this.#collection,
        url: this.#or(row, 'url', base?.source.url ?? null),
        licence: this.#or(row, 'licence', base?.source.licence ?? null),
      },
      durationS: this.#duration(row, kept.durationS),
      parent: this.#or(row, 'parent', kept.parent),
      tags: words('topic_tags', kept.tags),
      aliases: words('aliases', kept.aliases),
      quiz,
    };
  }

  #duration(row: CsvRow, other: number | null): number | null {
    const text = this.#or(row, 'duration_s', undefined);
    if (text === undefined) return other;
    if (text === null) return null;
    const plain = this.#csv.separator === ';' ? text.replace(',', '.') : text;
    if (/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain) && Number(plain) > 0) return Number(plain);
    this.#wrong('bad_field', row, 'duration_s', `expected seconds, found ${JSON.stringify(text)}`);
    return null;
  }

  #question(row: CsvRow): QuestionDraft | undefined {
    const options = this.#options(row);
    const [stem, letter] = [this.#text(row, 'stem'), this.#text(row, 'key')];
    if (stem === null && letter === null && options.length === 0) return undefined; // A topic without questions.
    const id = this.#text(row, 'question_id') ?? undefined;
    const base = id === undefined ? undefined : this.#baseQuestions.get(id);
    const offered: readonly (string | null)[] = letters.slice(0, options.length);
    const key = offered.indexOf(letter);
    if (key === -1) {
      const wanted = options.length === 0 ? 'options' : `a letter from A to ${letters[options.length - 1]}`;
      this.#wrong('bad_key', row, 'key', `expected ${wanted}, found ${JSON.stringify(letter ?? '')}`);
      return undefined;
    }
    const source = this.#or(row, 'source', base?.source) ?? undefined;
    const notes = this.#or(row, 'notes', base?.notes) ?? undefined;
    return {
      where: this.#csv.at(row, this.#columns.get('stem') ?? 0),
      id,
      stem: stem ?? '',
      options,
      key,
      tags: this.#columns.has('tags') ? splitWords(this.#text(row, 'tags')) : [...(base?.tags ?? [])],
      ...(source !== undefined && { source }),
      ...(notes !== undefined && { notes }),
    };
  }

  #options(row: CsvRow): string[] {
    const texts = letters.map((letter) => this.#text(row, `option_${letter.toLowerCase()}`));
    const filled = texts.findLastIndex((text) => text !== null) + 1;
    const gap = texts.slice(0, filled).indexOf(null);
    if (gap === -1) return texts.slice(0, filled).flatMap((text) => text ?? []);
    const column = `option_${letters[gap]?.toLowerCase()}`;
    this.#wrong('bad_option', row, column, `expected text in ${column}, since a later option has some`);
    return texts.slice(0, filled).map((text) => text ?? '');
  }
}
