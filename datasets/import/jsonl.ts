import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { topicId } from '../identity.ts';
import { Problems } from '../problems.ts';
import { type Anomaly, letters, type MediaFile, mediaSchema } from '../schema.ts';
import { isStored, readManifest, storedFiles } from '../stored.ts';
import { assembleTopics, plainTopic, type QuestionDraft, type TopicDraft } from './assemble.ts';
import type { Imported } from './import.ts';
import { type JsonLine, parseLine, readJsonLines } from './json-lines.ts';
import { identicalMedia, type ProbeVideo, readMedia } from './media.ts';
import { nameFrom } from './name.ts';
import { readText } from './text.ts';

export interface JsonlImportOptions {
  lenient: boolean;
  name?: string | undefined;
  probe?: ProbeVideo | undefined;
}

/** A path, or what a stored dataset says of the file. */
const givenMedia = z.union([
  z.string().transform((path) => ({ path })),
  mediaSchema.partial().extend({ path: z.string() }),
]);
type GivenMedia = z.infer<typeof givenMedia>;

const topicInput = z.strictObject({
  id: z.string().optional(),
  slug: z.string().optional(),
  title: z.string(),
  category: z.string().nullable().default(plainTopic.category),
  language: z.string().default(plainTopic.language),
  source: z
    .strictObject({
      collection: z.string().optional(),
      url: z.string().nullable().default(null),
      licence: z.string().nullable().default(null),
    })
    .prefault({}),
  parent: z.string().nullable().default(plainTopic.parent),
  durationS: z.number().nullable().default(plainTopic.durationS),
  tags: z.array(z.string()).default([]),
  aliases: z.array(z.string()).default([]),
  referenceImage: givenMedia.optional(),
  humanVideo: givenMedia.optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
});

const questionInput = z.strictObject({
  topic: z.string(),
  id: z.string().optional(),
  stem: z.string(),
  options: z.array(z.string()),
  key: z.union([z.int(), z.enum(letters)], 'expected a letter, or the place of the right option from 0'),
  source: z.string().exactOptional(),
  tags: z.array(z.string()).default([]),
  notes: z.string().exactOptional(),
});

/**
 * Imports the generic JSONL layout (docs/dataset.md): a folder with questions.jsonl and perhaps topics.jsonl, or a file
 * of questions alone. A stored dataset is such a folder, and keeps its name and ids. Throws `bad_dataset` (exit 2) naming
 * file, line and column of everything that is wrong.
 */
export async function importJsonl(from: string, options: JsonlImportOptions): Promise<Imported> {
  const problems = new Problems();
  const isFolder = existsSync(from) && statSync(from).isDirectory();
  const folder = resolve(isFolder ? from : dirname(from));
  const facts = factsOf(folder, isFolder, options.name ?? nameFrom(basename(from).replace(/\.jsonl$/, '')));
  const topicsPath = join(folder, storedFiles.topics);
  const questions = linesOf(isFolder ? join(folder, storedFiles.questions) : from, problems);
  const topics = isFolder && existsSync(topicsPath) ? linesOf(topicsPath, problems) : undefined;
  const drafts = relate(
    topics && readTopics(topics, facts.collection, problems),
    questions,
    facts.collection,
    problems,
  );
  const anomalies: Anomaly[] = [];
  const media: MediaFile[] = [];
  for (const draft of drafts) await attach(draft, folder, options.probe, anomalies, media);
  const assembled = assembleTopics(
    drafts.map(({ draft }) => draft),
    facts.collection,
    problems,
  );
  const found = problems.settle(options.lenient);
  const name = options.name ?? facts.name;
  const dataset = { ...facts, name, view: 'released', folder, topics: assembled };
  return { dataset, anomalies: [...found, ...anomalies, ...identicalMedia(media)] };
}

function factsOf(folder: string, isFolder: boolean, fallback: string) {
  if (!isFolder || !isStored(folder))
    return {
      name: fallback,
      version: '1',
      title: fallback,
      description: '',
      licence: 'unknown',
      collection: fallback,
    };
  const { name, version, title, description, licence, collection } = readManifest(folder);
  return { name, version, title, description, licence, collection };
}

function linesOf(path: string, problems: Problems): JsonLine[] {
  const file = readText(path, problems);
  return file === null ? [] : readJsonLines(file, problems);
}

/** A draft and the media that its line names. */
interface WithMedia {
  draft: TopicDraft;
  referenceImage?: GivenMedia | undefined;
  humanVideo?: GivenMedia | undefined;
}

function readTopics(lines: readonly JsonLine[], collection: string, problems: Problems): WithMedia[] {
  return lines.flatMap((line) => {
    const topic = parseLine(line, topicInput, problems);
    if (topic === undefined) return [];
    const { referenceImage, humanVideo, extra, source, ...fields } = topic;
    const whole = { ...source, collection: source.collection ?? collection };
    const draft = { ...fields, where: line.where, source: whole, quiz: [], ...(extra && { extra }) };
    return [{ draft, referenceImage, humanVideo }];
  });
}

/** Puts questions under their topics, by id or title; without a file of topics the questions name them. */
function relate(
  topics: WithMedia[] | undefined,
  lines: readonly JsonLine[],
  collection: string,
  problems: Problems,
): WithMedia[] {
  const known = (topics ?? []).map((entry) => ({ ...entry, quiz: [] as QuestionDraft[] }));
  const byTitle = known.map((entry) => [entry.draft.title, entry] as const);
  const byId = known.map(
    (entry) => [entry.draft.id ?? topicId(collection, entry.draft.title), entry] as const,
  );
  const byName = new Map([...byTitle, ...byId]);
  for (const line of lines) {
    const question = parseLine(line, questionInput, problems);
    if (question === undefined) continue;
    const { topic, key, ...fields } = question;
    if (topics === undefined && !byName.has(topic)) {
      const entry = { draft: bareTopic(topic, line.where, collection), quiz: [] };
      known.push(entry);
      byName.set(topic, entry);
    }
    const index = typeof key === 'number' ? key : letters.indexOf(key);
    const entry = byName.get(topic);
    if (entry !== undefined) entry.quiz.push({ ...fields, where: line.where, key: index });
    else
      problems.add(
        'unknown_topic',
        line.where,
        `topic ${JSON.stringify(topic)} is neither id nor title in ${storedFiles.topics}`,
      );
  }
  return known.map(({ quiz, ...entry }) => ({ ...entry, draft: { ...entry.draft, quiz } }));
}

function bareTopic(title: string, where: string, collection: string): TopicDraft {
  const source = { collection, url: null, licence: null };
  return { ...plainTopic, where, title, source, tags: [], aliases: [], quiz: [] };
}

async function attach(
  { draft, referenceImage, humanVideo }: WithMedia,
  folder: string,
  probe: ProbeVideo | undefined,
  anomalies: Anomaly[],
  media: MediaFile[],
): Promise<void> {
  const read = async (given: GivenMedia | undefined, kind: 'picture' | 'video') => {
    if (given === undefined) return undefined;
    const found = await readMedia(folder, given.path, probe);
    anomalies.push(...found.anomalies);
    if (found.media === undefined) return undefined;
    if (found.kind !== kind) {
      anomalies.push({
        kind: 'unknown_media',
        where: draft.where,
        message: `expected ${given.path} to be a ${kind}`,
      });
      return undefined;
    }
    media.push(found.media);
    return keepMeasures(given, found.media, draft.where, anomalies);
  };
  const image = await read(referenceImage, 'picture');
  const video = await read(humanVideo, 'video');
  if (image !== undefined) draft.referenceImage = image;
  if (video !== undefined) draft.humanVideo = video;
}

/** What was measured of the same bytes before still holds; other bytes are told. */
function keepMeasures(given: GivenMedia, found: MediaFile, where: string, anomalies: Anomaly[]): MediaFile {
  if (!('sha256' in given) || given.sha256 === undefined) return found;
  if (given.sha256 === found.sha256) {
    const { width, height, durationS } = given;
    return { ...(width && { width }), ...(height && { height }), ...(durationS && { durationS }), ...found };
  }
  anomalies.push({ kind: 'changed_media', where, message: `${given.path} is not what its sha256 says` });
  return found;
}
