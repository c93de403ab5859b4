import { z } from 'zod';
import { fromDisk } from '../../harness/store/keys.ts';
import { questionId } from '../identity.ts';
import { letters, type Question, questionTags } from '../schema.ts';

/** Longest texts of a question, characters. */
const longest = { stem: 600, option: 300 };

/** An option that names its own letter would be shown with two. */
const labelled = /^\s*\(?[A-F][).:]\s/;

const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .refine((text) => text !== '', 'is empty');

const draftSchema = (count: number) =>
  z.object({
    stem: line(longest.stem),
    options: z
      .array(line(longest.option))
      .length(count, `there must be ${count} options`)
      .refine((options) => new Set(options.map(fold)).size === options.length, 'two options are equal')
      .refine((options) => !options.every((option) => labelled.test(option)), 'options name their letters'),
    key: z
      .string()
      .trim()
      .toUpperCase()
      .pipe(z.enum(letters.slice(0, count), `must be one of ${letters.slice(0, count).join(', ')}`)),
    needs: z.enum(['seeing', 'text']),
  });

/** The form that a builder is asked for: such items, so many options each. */
export const draftsForm = (count: number) => z.object({ questions: z.array(draftSchema(count)) });

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** One drafted item as read: a question, or what is wrong with it beside as much of it as can be shown. */
export interface ReadDraft {
  question: Question;
  problem: string | null;
}

/**
 * Reads one item of a builder's reply, by itself, so that a malformed one does not sink the others. What breaks the
 * schema keeps its words for the record, with the key at A, and is never accepted.
 */
export function readDraft(item: unknown, topicId: string, count: number, source: string): ReadDraft {
  const parsed = draftSchema(count).safeParse(fromDisk(item));
  if (!parsed.success)
    return { question: shown(item, topicId, source), problem: describe(parsed.error.issues) };
  const { stem, options, key, needs } = parsed.data;
  return {
    question: {
      id: questionId(topicId, stem, options),
      stem,
      options,
      key: letters.indexOf(key),
      source,
      tags: [needs === 'seeing' ? questionTags.needsSeeing : questionTags.needsText],
    },
    problem: null,
  };
}

function describe(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) =>
      [path.map(String).join('.'), message].filter((part) => part !== '').join(': '),
    )
    .join('; ');
}

/** What of a malformed item can be read by people. */
function shown(item: unknown, topicId: string, source: string): Question {
  const part = z.object({ stem: z.string().catch(''), options: z.array(z.unknown()).catch([]) });
  const { stem, options } = part.catch({ stem: '', options: [] }).parse(item);
  const texts = options.map((option) =>
    typeof option === 'string' ? option : (JSON.stringify(option) ?? ''),
  );
  // Items without words of their own are told apart by what they are.
  const id = questionId(topicId, stem === '' ? (JSON.stringify(item) ?? '') : stem, texts);
  return { id, stem, options: texts, key: 0, source, tags: [] };
}
