import type { QuestionDraft } from '../import/assemble.ts';
import type { JsonPlaces } from '../import/json-places.ts';
import type { Problems } from '../problems.ts';
import { releasedNames } from './pinned.ts';
import type { QuizEntry } from './quiz-file.ts';

/** What a topic keeps of the release in `extra`. */
export const extraFields = { image: 'reference_image', position: 'mapping_position' } as const;

/** A name and where it stands. */
export interface Named {
  name: string;
  where: string;
}

export interface ReleasedLists {
  topics: readonly Named[];
  safe: readonly Named[];
  safeCopy: readonly Named[];
  mapping: readonly (Named & { image: string | null })[];
  paths: Readonly<Record<'topics' | 'safe' | 'safeCopy' | 'mapping', string>>;
}

/** Reads the two lists of names, the copy, and the mapping from name to reference image. */
export function readLists(files: ReadonlyMap<string, JsonPlaces>): ReleasedLists {
  const path = (name: string) => files.get(name)?.file.path ?? name;
  return {
    topics: readNames(files.get(releasedNames.topics)),
    safe: readNames(files.get(releasedNames.safe)),
    safeCopy: readNames(files.get(releasedNames.safeCopy)),
    mapping: readMapping(files.get(releasedNames.mapping)),
    paths: {
      topics: path(releasedNames.topics),
      safe: path(releasedNames.safe),
      safeCopy: path(releasedNames.safeCopy),
      mapping: path(releasedNames.mapping),
    },
  };
}

function readNames(json: JsonPlaces | undefined): Named[] {
  const items = json?.root && json.items(json.root, 'the file');
  return (items ?? []).flatMap((node) => {
    const name = json?.string(node, 'a name');
    return name === undefined || json === undefined ? [] : [{ name, where: json.at(node) }];
  });
}

function readMapping(json: JsonPlaces | undefined): ReleasedLists['mapping'] {
  const members = json?.root && json.members(json.root, 'the file');
  return (members ?? []).flatMap(({ name, nameNode, value }) => {
    if (json === undefined) return [];
    const image = value.type === 'null' ? null : json.string(value, 'the image');
    return image === undefined ? [] : [{ name, where: json.at(nameNode), image }];
  });
}

/** A topic with all that the five files say of it. */
export interface Related {
  where: string;
  title: string;
  /** File-safe names: one, or two where the two lists of them differ. */
  alias: readonly string[];
  questions: readonly QuestionDraft[];
  extra: Record<string, unknown>;
}

/** Relates readable and safe names by position, quizzes by title, images by safe name; what does not fit is a problem. */
export function relate(lists: ReleasedLists, quizzes: readonly QuizEntry[], problems: Problems): Related[] {
  compareLists(lists, problems);
  const byTitle = new Map(quizzes.map((entry) => [entry.title, entry]));
  const mapped = new Map(lists.mapping.map(({ name, image }, position) => [name, { image, position }]));
  tellUnrelated(lists, quizzes, problems);
  return lists.topics.map(({ name: title, where }, i) => {
    const alias = [lists.safe[i]?.name, lists.safeCopy[i]?.name].flatMap((name) => name ?? []);
    const image = mapped.get(alias[0] ?? '');
    const quiz = byTitle.get(title);
    if (quiz === undefined) problems.add('no_quiz', where, `no quiz in ${releasedNames.quiz} has this title`);
    if (image === undefined)
      problems.add(
        'unmapped',
        where,
        `its safe name ${JSON.stringify(alias[0] ?? '')} is not in ${releasedNames.mapping}`,
      );
    const extra = {
      ...(image && image.image !== null && { [extraFields.image]: image.image }),
      ...(image && { [extraFields.position]: image.position }),
    };
    return { where, title, alias, questions: quiz?.questions ?? [], extra };
  });
}

function compareLists({ topics, safe, safeCopy, paths }: ReleasedLists, problems: Problems): void {
  const lengths = { safe, safeCopy };
  for (const key of ['safe', 'safeCopy'] as const)
    if (lengths[key].length !== topics.length)
      problems.add(
        'lists_differ',
        `${paths[key]}:1:1`,
        `expected ${topics.length} names, as many as topics, found ${lengths[key].length}`,
      );
  safe.forEach(({ name, where }, i) => {
    const copy = safeCopy[i];
    if (copy !== undefined && copy.name !== name)
      problems.add(
        'lists_differ',
        copy.where,
        `expected ${JSON.stringify(name)} as at ${where}, found ${JSON.stringify(copy.name)}`,
      );
  });
}

function tellUnrelated(
  { topics, safe, mapping }: ReleasedLists,
  quizzes: readonly QuizEntry[],
  problems: Problems,
): void {
  const titles = new Set(topics.map(({ name }) => name));
  for (const { title, where } of quizzes)
    if (!titles.has(title))
      problems.add('unknown_topic', where, `${JSON.stringify(title)} is not in ${releasedNames.topics}`);
  const names = new Set(safe.map(({ name }) => name));
  if (names.size < safe.length)
    for (const [i, { name, where }] of safe.entries())
      if (safe.findIndex((other) => other.name === name) < i)
        problems.add('duplicate_name', where, `safe name ${JSON.stringify(name)} occurs twice`);
  for (const { name, where } of mapping)
    if (!names.has(name))
      problems.add('unknown_topic', where, `${JSON.stringify(name)} is not in ${releasedNames.safe}`);
}
