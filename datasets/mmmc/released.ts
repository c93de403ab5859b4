import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sha256 } from '../../harness/store/hash.ts';
import { assembleTopics, plainTopic, type TopicDraft } from '../import/assemble.ts';
import type { Imported } from '../import/import.ts';
import { JsonPlaces } from '../import/json-places.ts';
import type { ProbeVideo } from '../import/media.ts';
import { readText } from '../import/text.ts';
import { Problems } from '../problems.ts';
import { type Anomaly, type Dataset, letters, type Topic } from '../schema.ts';
import { readCategories } from './categories.ts';
import { anomaliesOfQuizzes } from './oddities.ts';
import { jsonFolder, pinnedCommit, pinnedFiles, releasedNames, releaseUrl } from './pinned.ts';
import { readQuizzes } from './quiz-file.ts';
import { attachReferences } from './references.ts';
import { extraFields, type Related, type ReleasedLists, readLists, relate } from './relate.ts';

export interface ReadReleasedOptions {
  /** Leave out what cannot be read, and read the rest. */
  lenient: boolean;
  name?: string | undefined;
  probe?: ProbeVideo | undefined;
}

/** Does the folder hold the released files, itself or in `json_files`, as in a clone of the release? */
export function isReleased(folder: string): boolean {
  return placeOfFiles(folder) !== undefined;
}

function placeOfFiles(folder: string): string | undefined {
  const places = [folder, join(folder, jsonFolder)];
  return places.find((place) => existsSync(join(place, releasedNames.quiz)));
}

/**
 * Reads the released files of MMMC as they are: nothing is mended, what is odd about them comes back as anomalies. Files
 * that contradict one another are a problem; the list of topics has the last word when `lenient`. Throws `bad_dataset`
 * (exit 2) naming file, line and column of everything that is wrong.
 */
export async function readReleased(folder: string, options: ReadReleasedOptions): Promise<Imported> {
  const problems = new Problems();
  const place = placeOfFiles(folder) ?? folder;
  const files = readFiles(place, problems);
  const quiz = files.get(releasedNames.quiz);
  const quizzes = quiz ? readQuizzes(quiz) : [];
  const lists = readLists(files);
  // What broken files say of one another is noise.
  if ([...files.values()].some(({ whole }) => !whole)) problems.settle(options.lenient);
  const licence = readLicence(folder, place);
  const drafts = relate(lists, quizzes, problems).map((related) => draftOf(related, licence.name));
  const topics = withCategories(assembleTopics(drafts, 'mmmc', problems));
  const found = problems.settle(options.lenient);
  const pictures = await attachReferences(folder, topics, options.probe);
  const changed = changedFiles(files);
  const anomalies = [
    ...found,
    ...licence.anomalies,
    ...changed,
    ...(quiz ? anomaliesOfQuizzes(quiz.file, quizzes) : []),
    ...mappingOrder(lists),
    ...pictures.anomalies,
  ];
  const version = changed.length === 0 && found.length === 0 ? pinnedCommit : `${pinnedCommit}-changed`;
  const dataset = datasetOf(resolve(folder), pictures.topics, licence.name, version, options.name);
  return { dataset, anomalies };
}

function readFiles(place: string, problems: Problems): Map<string, JsonPlaces> {
  const files = new Map<string, JsonPlaces>();
  for (const name of Object.values(releasedNames)) {
    const file = name === releasedNames.licence ? null : readText(join(place, name), problems);
    if (file !== null) files.set(name, new JsonPlaces(file, problems));
  }
  return files;
}

function draftOf({ where, title, alias, questions, extra }: Related, licence: string): TopicDraft {
  const source = { collection: 'mmmc', url: releaseUrl, licence };
  const aliases = [...new Set(alias)];
  const draft = { ...plainTopic, where, title, source, tags: [], aliases, quiz: questions };
  return Object.keys(extra).length === 0 ? draft : { ...draft, extra };
}

function withCategories(topics: readonly Topic[]): Topic[] {
  const categories = readCategories();
  return topics.map((topic) => ({ ...topic, category: categories.get(topic.id) ?? null }));
}

function datasetOf(
  folder: string,
  topics: Topic[],
  licence: string,
  version: string,
  name = 'mmmc',
): Dataset {
  return {
    name,
    version,
    title: 'MMMC, as released with Code2Video',
    description:
      'Learning topics of long teaching videos with multiple-choice questions, read from the released files unchanged. The categories are an assignment made for this harness.',
    licence,
    collection: 'mmmc',
    view: 'released',
    folder,
    topics,
  };
}

function readLicence(folder: string, place: string): { name: string; anomalies: Anomaly[] } {
  const path = [folder, place, join(place, '..')]
    .map((where) => join(where, releasedNames.licence))
    .find((where) => existsSync(where));
  const problems = new Problems();
  const first = path === undefined ? undefined : readText(path, problems)?.text.split('\n')[0]?.trim();
  if (first === undefined || first === '') {
    const anomaly = {
      kind: 'no_licence',
      where: folder,
      message: `there is no ${releasedNames.licence} to read`,
    };
    return { name: 'unknown', anomalies: [anomaly] };
  }
  return { name: first === 'MIT License' ? 'MIT' : first, anomalies: [...problems.settle(true)] };
}

function changedFiles(files: ReadonlyMap<string, JsonPlaces>): Anomaly[] {
  return pinnedFiles.flatMap((pinned) => {
    const file = files.get(pinned.name)?.file;
    if (file === undefined || (!file.damaged && sha256(file.text) === pinned.sha256)) return [];
    return [{ kind: 'changed_file', where: file.path, message: `not what it was at ${pinnedCommit}` }];
  });
}

function mappingOrder({ safe, mapping, paths }: ReleasedLists): Anomaly[] {
  const moved = mapping.filter(({ name }, i) => safe[i]?.name !== name).length;
  if (moved === 0) return [];
  const message = `${moved} of ${mapping.length} names stand elsewhere than in ${releasedNames.safe}`;
  return [{ kind: 'mapping_order', where: paths.mapping, message }];
}

/**
 * The content of the five released JSON files, by name: the inverse of `readReleased`. Of a dataset that was read from
 * them it gives exactly what they hold, orders included.
 */
export function toReleased({ topics }: Pick<Dataset, 'topics'>): Record<string, unknown> {
  const safe = topics.map(({ aliases, title }) => aliases[0] ?? title);
  const mapped = topics
    .map(({ extra }, i) => ({
      name: safe[i],
      image: extra?.[extraFields.image] ?? null,
      position: Number(extra?.[extraFields.position] ?? i),
    }))
    .toSorted((a, b) => a.position - b.position);
  const quizOf = ({ quiz }: Topic) =>
    quiz.map(({ stem, options, key }) => ({
      question: stem,
      options: Object.fromEntries(options.map((option, i) => [letters[i], option])),
      answer: letters[key],
    }));
  return {
    [releasedNames.topics]: topics.map(({ title }) => title),
    [releasedNames.safe]: safe,
    [releasedNames.safeCopy]: safe,
    [releasedNames.mapping]: Object.fromEntries(mapped.map(({ name, image }) => [name, image])),
    [releasedNames.quiz]: Object.fromEntries(topics.map((topic) => [topic.title, quizOf(topic)])),
  };
}
