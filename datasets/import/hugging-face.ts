import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { canonicalJson } from '../../harness/store/hash.ts';
import { Problems } from '../problems.ts';
import type { Anomaly, MediaFile, Topic } from '../schema.ts';
import { assembleTopics, plainTopic, type QuestionDraft, type TopicDraft } from './assemble.ts';
import { type FieldMap, fieldMap } from './field-map.ts';
import type { Imported } from './import.ts';
import { looseQuestion, looseQuiz } from './loose-quiz.ts';
import { identicalMedia, type ProbeVideo, readMedia } from './media.ts';
import { type Row, readRows } from './metadata-rows.ts';
import { nameFrom } from './name.ts';
import { RowTaker, seconds, text, words } from './row-taker.ts';
import { readText } from './text.ts';

export interface HuggingFaceOptions {
  lenient: boolean;
  name?: string | undefined;
  /** Path of a YAML file: `map: {title: field, …}`, over the guesses. */
  map?: string | undefined;
  probe?: ProbeVideo | undefined;
}

/**
 * Imports a folder of the Hugging Face kind: metadata.jsonl or metadata.csv beside files, in it or in its folders, one
 * row per topic (or per question, when rows hold a question; rows of one title are then one topic). Fields that no slot
 * takes, and values of another shape than expected, are kept in `extra` and told as anomalies. Throws `bad_dataset`.
 */
export async function importHuggingFace(folder: string, options: HuggingFaceOptions): Promise<Imported> {
  const problems = new Problems();
  const rows = readRows(folder, problems);
  const fields = new Set(rows.flatMap((row) => [...row.fields.keys()]));
  const map = fieldMap(options.map, fields);
  const reader = new RowReader(resolve(folder), map, options);
  tellMap(folder, map, fields, rows, problems, reader.anomalies);
  const name = options.name ?? nameFrom(basename(resolve(folder)));
  const drafts: TopicDraft[] = [];
  for (const row of rows) drafts.push(...(await reader.topic(row, name, problems)));
  const topics = assembleTopics(mergeQuestions(drafts, map, reader.anomalies), name, problems);
  const found = problems.settle(options.lenient);
  const licence = licenceOf(folder);
  const dataset = {
    name,
    version: '1',
    title: name,
    description: '',
    licence,
    collection: name,
    view: 'released',
  };
  const anomalies = [...found, ...reader.anomalies, ...identicalMedia(reader.media)];
  return { dataset: { ...dataset, folder: resolve(folder), topics }, anomalies };
}

function tellMap(
  folder: string,
  map: FieldMap,
  fields: ReadonlySet<string>,
  rows: readonly Row[],
  problems: Problems,
  anomalies: Anomaly[],
): void {
  const hint = 'name it in a YAML file, `map: {title: …}`, and give that with --map';
  if (rows.length > 0 && !map.has('title'))
    problems.add(
      'no_title',
      folder,
      `no field is known to be the title; there are ${[...fields].join(', ')}; ${hint}`,
    );
  for (const [slot, field] of map)
    if (rows.length > 0 && !fields.has(field))
      problems.add('no_field', folder, `${slot} is mapped to ${field}, which no row has`);
  const used = new Set(map.values());
  for (const field of fields) {
    if (used.has(field)) continue;
    const count = rows.filter((row) => row.fields.has(field)).length;
    anomalies.push({
      kind: 'unknown_field',
      where: folder,
      message: `${field}, in ${count} rows, is kept in extra`,
    });
  }
}

/** Rows to topics. */
class RowReader {
  readonly anomalies: Anomaly[] = [];
  readonly media: MediaFile[] = [];
  readonly #folder: string;
  readonly #map: FieldMap;
  readonly #probe: ProbeVideo | undefined;

  constructor(folder: string, map: FieldMap, options: HuggingFaceOptions) {
    this.#folder = folder;
    this.#map = map;
    this.#probe = options.probe;
  }

  async topic(row: Row, collection: string, problems: Problems): Promise<TopicDraft[]> {
    const taker = new RowTaker(row, this.#map, this.anomalies);
    const title = taker.text('title');
    if (title === null) {
      if (this.#map.has('title')) problems.add('bad_field', row.where, 'expected a title, found none');
      return [];
    }
    const media = await this.#media(row, taker);
    const draft = {
      ...plainTopic,
      where: row.where,
      title,
      category: taker.text('category'),
      language: taker.text('language') ?? plainTopic.language,
      source: { collection, url: taker.text('url'), licence: taker.text('licence') },
      parent: taker.text('parent'),
      durationS: taker.take('duration', seconds),
      tags: taker.take('tags', words) ?? [],
      aliases: [],
      quiz: quizOf(taker, row.where),
      ...media,
    };
    const extra = taker.rest();
    return [Object.keys(extra).length === 0 ? draft : { ...draft, extra }];
  }

  async #media(row: Row, taker: RowTaker): Promise<Pick<Topic, 'referenceImage' | 'humanVideo'>> {
    const found: Pick<Topic, 'referenceImage' | 'humanVideo'> = {};
    for (const slot of ['file', 'video', 'image'] as const) {
      const path = taker.take(slot, text);
      if (path === null) continue;
      const read = await readMedia(this.#folder, row.part + path, this.#probe);
      this.anomalies.push(...read.anomalies);
      const wrong = { video: 'picture', image: 'video', file: undefined }[slot];
      if (read.media === undefined || read.kind === wrong) taker.refuse(slot);
      else if (read.kind === 'picture') found.referenceImage = read.media;
      else found.humanVideo = read.media;
      if (read.media !== undefined && read.kind !== wrong) this.media.push(read.media);
    }
    return found;
  }
}

function quizOf(taker: RowTaker, where: string): QuestionDraft[] {
  const quiz = taker.take('questions', (value) => looseQuiz(value, where)) ?? [];
  const own = taker.take('stem', (stem) =>
    looseQuestion(stem, taker.value('options'), taker.value('answer'), where),
  );
  if (own === null) return quiz;
  taker.take('options', (value) => value ?? null);
  taker.take('answer', (value) => value ?? null);
  return [...quiz, own];
}

/** Where rows hold a question each, those of one title are one topic: the first says what it is, others that differ are told. */
function mergeQuestions(drafts: readonly TopicDraft[], map: FieldMap, anomalies: Anomaly[]): TopicDraft[] {
  if (!map.has('stem')) return [...drafts];
  return [...Map.groupBy(drafts, ({ title }) => title).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const facts = ({ quiz: _, where: __, ...rest }: TopicDraft) => canonicalJson(rest);
    for (const { where } of others.filter((other) => facts(other) !== facts(first)))
      anomalies.push({
        kind: 'row_differs',
        where,
        message: `says otherwise of its topic than ${first.where}, which holds`,
      });
    return [{ ...first, quiz: [first, ...others].flatMap(({ quiz }) => quiz) }];
  });
}

/** The licence that the front matter of README.md names. */
function licenceOf(folder: string): string {
  const path = join(folder, 'README.md');
  const file = existsSync(path) ? readText(path, new Problems()) : null;
  const front = /^---\r?\n(.*?)\r?\n---/s.exec(file?.text ?? '')?.[1] ?? '';
  return /^licen[sc]e:\s*([\w.-]+)\s*$/m.exec(front)?.[1] ?? 'unknown';
}
