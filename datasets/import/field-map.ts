import { z } from 'zod';
import { YamlFile } from '../../harness/store/yaml-file.ts';

/** What a row of metadata can tell of a topic, and the names by which it is looked for, best first. */
export const guesses = {
  title: ['title', 'topic', 'name', 'video_title'],
  category: ['category', 'subject', 'domain'],
  language: ['language', 'lang'],
  url: ['url', 'source_url', 'webpage_url', 'link'],
  licence: ['licence', 'license'],
  duration: ['duration_s', 'duration', 'length'],
  tags: ['tags', 'keywords'],
  parent: ['parent', 'parent_topic'],
  file: ['file_name'],
  video: ['video', 'video_file', 'video_path'],
  image: ['image', 'reference_image', 'image_path'],
  questions: ['questions', 'quiz', 'qa'],
  stem: ['question', 'stem'],
  options: ['options', 'choices'],
  answer: ['answer', 'key', 'correct_answer'],
} as const;

export type Slot = keyof typeof guesses;
const slots = z.enum([
  'title',
  'category',
  'language',
  'url',
  'licence',
  'duration',
  'tags',
  'parent',
  'file',
  'video',
  'image',
  'questions',
  'stem',
  'options',
  'answer',
] satisfies readonly Slot[]);

const schema = z.strictObject({ map: z.partialRecord(slots, z.string()) });

/** The field that is read for each slot. */
export type FieldMap = ReadonlyMap<Slot, string>;

const ofQuestions: readonly Slot[] = ['stem', 'options', 'answer'];

/**
 * The map of a YAML file over the guesses, for fields that the rows have. Rows hold a question only when all its three
 * parts are there. Throws `bad_config` (exit 2).
 */
export function fieldMap(path: string | undefined, fields: ReadonlySet<string>): FieldMap {
  const given = path === undefined ? {} : new YamlFile(path).parse(schema).map;
  const taken = new Set(Object.values(given));
  const guess = (slot: Slot) => guesses[slot].find((name) => fields.has(name) && !taken.has(name));
  const holdQuestions = ofQuestions.every((slot) => (given[slot] ?? guess(slot)) !== undefined);
  return new Map(
    slots.options.flatMap((slot) => {
      const field = given[slot] ?? (holdQuestions || !ofQuestions.includes(slot) ? guess(slot) : undefined);
      return field === undefined ? [] : [[slot, field] as const];
    }),
  );
}
