import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../harness/store/bundle.ts';
import { bundleUnwritable, exitCodes, MmmcError, messageOf } from '../harness/store/errors.ts';
import { sha256 } from '../harness/store/hash.ts';
import { fromDisk, toDisk } from '../harness/store/keys.ts';
import { exportJsonl } from './export/jsonl.ts';
import { placeMedia } from './place-media.ts';
import { Problems } from './problems.ts';
import {
  type Dataset,
  type Manifest,
  manifestSchema,
  type Question,
  questionSchema,
  type Topic,
  topicSchema,
} from './schema.ts';

/** The files of a stored dataset, beside its media. */
export const storedFiles = {
  manifest: 'dataset.json',
  topics: 'topics.jsonl',
  questions: 'questions.jsonl',
} as const;

/** Lies in a folder while a dataset is written there: what a kill or a full disk left may be written over. */
const begunFile = 'dataset.begun';

/** A line of topics.jsonl: a topic without its quiz. */
export const topicLineSchema = topicSchema.omit({ quiz: true });
/** A line of questions.jsonl: a question and its topic's id. */
export const questionLineSchema = z.strictObject({ topic: z.string(), ...questionSchema.shape });

/** Does the folder hold a stored dataset? */
export function isStored(folder: string): boolean {
  return existsSync(join(folder, storedFiles.manifest));
}

/**
 * Reads a stored dataset: dataset.json, topics.jsonl, questions.jsonl. Their hashes are checked, those of media are not
 * (the audit does). Throws `bad_dataset` (exit 2) with file and line of everything that is wrong.
 */
export function readStored(folder: string): Dataset {
  const manifest = readManifest(folder);
  const topics = readLines(folder, storedFiles.topics, manifest, topicLineSchema);
  const questions = readLines(folder, storedFiles.questions, manifest, questionLineSchema);
  return {
    ...manifestFacts(manifest),
    view: 'released',
    folder,
    topics: assemble(folder, topics, questions),
  };
}

function manifestFacts({ name, version, title, description, licence, collection }: Manifest) {
  return { name, version, title, description, licence, collection };
}

/** The manifest of a stored dataset. Throws `bad_dataset` (exit 2). */
export function readManifest(folder: string): Manifest {
  const path = join(folder, storedFiles.manifest);
  try {
    return manifestSchema.parse(fromDisk(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (cause) {
    const message = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw badDataset(
      `${path} is not the dataset.json of a dataset: ${message}`,
      'Import the dataset again.',
      cause,
    );
  }
}

function badDataset(message: string, hint: string, cause?: unknown): MmmcError {
  return new MmmcError('bad_dataset', message, { exitCode: exitCodes.usage, hint, cause });
}

interface Line<T> {
  where: string;
  value: T;
}

function readLines<T>(folder: string, name: string, manifest: Manifest, schema: z.ZodType<T>): Line<T>[] {
  const path = join(folder, name);
  if (!existsSync(path)) throw badDataset(`${path} is missing`, 'Import the dataset again.');
  const text = readFileSync(path, 'utf8');
  const expected = manifest.files.find((file) => file.path === name)?.sha256;
  if (sha256(text) !== expected)
    throw badDataset(
      `${path} is not what dataset.json vouches for: it was edited, or cut`,
      `Take edits over with: mmmc dataset import jsonl --from ${folder} --out ${folder}`,
    );
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, i) => ({
    where: `${path}:${i + 1}`,
    value: readLine(`${path}:${i + 1}`, line, schema),
  }));
}

function readLine<T>(where: string, line: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(fromDisk(JSON.parse(line)));
  } catch (cause) {
    const message = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw badDataset(`${where}: ${message}`, 'Import the dataset again.', cause);
  }
}

type TopicLine = z.infer<typeof topicLineSchema>;
type QuestionLine = z.infer<typeof questionLineSchema>;

function assemble(
  folder: string,
  topics: readonly Line<TopicLine>[],
  questions: readonly Line<QuestionLine>[],
): Topic[] {
  const problems = new Problems();
  const quizzes = Map.groupBy(questions, ({ value }) => value.topic);
  const ids = new Set(topics.map(({ value }) => value.id));
  for (const { where, value } of questions)
    if (!ids.has(value.topic)) problems.add('unknown_topic', where, `there is no topic ${value.topic}`);
  const whole = topics.map(({ value }): Topic => {
    const quiz = (quizzes.get(value.id) ?? []).map(({ value: { topic: _, ...question } }) => question);
    return { ...value, quiz };
  });
  const places = new Map(topics.map(({ where, value }) => [value.id, where]));
  checkTopics(whole, problems, ({ id }) => places.get(id) ?? folder);
  problems.settle(false);
  return whole;
}

/** What a schema cannot say: ids and slugs are unique, keys name an option, parents exist. */
export function checkTopics(
  topics: readonly Topic[],
  problems: Problems,
  where: (topic: Topic, question?: Question) => string,
): void {
  const ids = new Set(topics.map(({ id }) => id));
  const seen = new Set<string>();
  const once = (what: string, value: string, at: string) => {
    if (seen.has(`${what} ${value}`)) problems.add('duplicate_id', at, `${what} ${value} occurs twice`);
    seen.add(`${what} ${value}`);
  };
  for (const topic of topics) {
    once('topic', topic.id, where(topic));
    once('slug', topic.slug, where(topic));
    if (topic.parent !== null && !ids.has(topic.parent))
      problems.add('unknown_parent', where(topic), `its parent ${topic.parent} is not in the dataset`);
    for (const question of topic.quiz) {
      once('question', question.id, where(topic, question));
      if (question.key >= question.options.length)
        problems.add(
          'bad_key',
          where(topic, question),
          `key ${question.key} names none of ${question.options.length} options`,
        );
    }
  }
}

/**
 * Stores a dataset whole: media first, the manifest last, so that what a kill leaves behind is told apart and may be
 * written over. Media are copied from the dataset's own folder under names made of slug and true type. An existing
 * dataset is replaced; a folder that holds anything else is refused. Throws `bad_dataset`, `bad_out` (exit 2),
 * `bundle_unwritable` (exit 5), `changed_media`.
 */
export async function writeStored(dataset: Dataset, out: string): Promise<Manifest> {
  refuseForeign(out);
  checkDataset(dataset);
  makeFolder(out);
  const begun = join(out, begunFile);
  writeWhole(begun, '');
  const { topics, files } = await placeMedia(dataset, out);
  const { topics: topicLines, questions: questionLines } = exportJsonl({ topics });
  const texts = { [storedFiles.topics]: topicLines, [storedFiles.questions]: questionLines };
  for (const [name, text] of Object.entries(texts)) {
    writeWhole(join(out, name), text);
    files.push({ path: name, sha256: sha256(text), bytes: Buffer.byteLength(text) });
  }
  const { name, version, title, description, licence, collection } = dataset;
  const manifest: Manifest = {
    schemaVersion: 1,
    name,
    version,
    title,
    description,
    licence,
    collection,
    topics: topics.length,
    questions: topics.reduce((sum, { quiz }) => sum + quiz.length, 0),
    files,
  };
  writeWhole(join(out, storedFiles.manifest), `${JSON.stringify(toDisk(manifest), null, 2)}\n`);
  rmSync(begun, { force: true });
  return manifest;
}

/** Throws `bad_dataset` for a name that is none (it becomes a folder), and for all that is wrong with the topics. */
function checkDataset({ name, topics }: Dataset): void {
  const problems = new Problems();
  const named = manifestSchema.shape.name.safeParse(name);
  for (const { message } of named.error?.issues ?? [])
    problems.add('bad_name', `name ${JSON.stringify(name)}`, message);
  checkTopics(topics, problems, (topic, question) =>
    question ? `${topic.slug}, ${question.id}` : topic.slug,
  );
  problems.settle(false);
}

function refuseForeign(out: string): void {
  if (!existsSync(out)) return;
  const isFolder = statSync(out).isDirectory();
  if (isFolder && (isStored(out) || existsSync(join(out, begunFile)) || readdirSync(out).length === 0))
    return;
  throw new MmmcError(
    'bad_out',
    `${out} ${isFolder ? 'holds something that is no dataset' : 'is no folder'}`,
    {
      exitCode: exitCodes.usage,
      hint: 'Name an empty or new folder with --out.',
    },
  );
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(path, cause);
  }
}
