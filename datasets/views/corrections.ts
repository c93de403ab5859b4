import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { YamlFile } from '../../harness/store/yaml-file.ts';
import { contentHash } from '../identity.ts';
import { Problems } from '../problems.ts';
import { type Dataset, letters, type Question, questionSchema, type Topic } from '../schema.ts';

const editSchema = z.strictObject({
  in: z.enum(['stem', ...letters]),
  /** Text that occurs there once. */
  find: z.string().min(1),
  put: z.string(),
});

const common = {
  topic: z.string(),
  question: z.string(),
  /** Hash of the content that was corrected (`contentHash`); other content is left alone and reported. */
  expects: z.string().regex(/^[0-9a-f]{16}$/),
  kind: z.enum([
    'wrong_key',
    'no_right_option',
    'two_right_options',
    'false_premise',
    'ambiguous',
    'escape',
    'backslash',
    'outside_source',
  ]),
  /** What is wrong, one sentence. */
  wrong: z.string().min(1),
  /** The proof, for a reader to check. */
  evidence: z.string().min(1),
};

const index = z.int().nonnegative();

/** One correction: what is wrong, why, and the least that mends it. */
export const correctionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('rekey'), ...common, key: index }),
  z.strictObject({
    action: z.literal('reword'),
    ...common,
    /** Decode escapes before the edits. */
    unescape: z.boolean().default(false),
    edits: z.array(editSchema).min(1),
    key: index.optional(),
  }),
  z.strictObject({
    action: z.literal('replace'),
    ...common,
    stem: z.string(),
    options: z.array(z.string()).min(2).max(letters.length),
    key: index,
  }),
  z.strictObject({ action: z.literal('unescape'), ...common }),
  z.strictObject({ action: z.literal('drop'), ...common }),
]);
export type Correction = z.infer<typeof correctionSchema>;

const fileSchema = z.strictObject({ collection: z.string(), corrections: z.array(correctionSchema) });

/** Where a dataset's folder keeps its corrections. */
export const correctionsFile = 'corrections.yaml';

/** The corrections of a dataset: `corrections.yaml` in its own folder, else ours for its collection; `null`: none. */
export function findCorrections(dataset: Pick<Dataset, 'folder' | 'collection'>): string | null {
  const own = join(dataset.folder, correctionsFile);
  if (existsSync(own)) return own;
  const ours = /^[\w-]+$/.test(dataset.collection)
    ? join(import.meta.dirname, '..', dataset.collection, correctionsFile)
    : '';
  return existsSync(ours) ? ours : null;
}

/** Reads a corrections file. Throws `bad_config` (exit 2) with file and line, `bad_corrections` for another collection. */
export function readCorrections(path: string, collection: string): readonly Correction[] {
  const file = new YamlFile(path).parse(fileSchema);
  if (file.collection === collection) return file.corrections;
  throw new MmmcError(
    'bad_corrections',
    `${path} corrects the collection ${file.collection}, not ${collection}`,
    { exitCode: exitCodes.usage, hint: 'Name the collection that it was written for.' },
  );
}

/** `\u03bb` written out becomes its character, and each doubled backslash a single one. */
export function unescapeText(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\\\\', '\\');
}

/**
 * The topics with every correction applied; ids stay. One of a topic that is not here is passed over, since a dataset may
 * be a part of what was corrected. Throws `bad_corrections` (exit 2) naming each correction that meets no question of its
 * topic, other content than it expects, or an edit whose text is not there once.
 */
export function applyCorrections(
  topics: readonly Topic[],
  corrections: readonly Correction[],
  path: string,
): readonly Topic[] {
  const problems = new Problems();
  const open = new Map(corrections.map((correction) => [correction.question, correction]));
  if (open.size < corrections.length) problems.add('twice', path, 'a question is corrected twice');
  const corrected = topics.map((topic): Topic => {
    const quiz = topic.quiz.flatMap((question) => {
      const correction = open.get(question.id);
      if (correction === undefined) return [question];
      open.delete(question.id);
      return corrected1(question, correction, topic, problems);
    });
    return { ...topic, quiz };
  });
  const here = new Set(topics.map(({ id }) => id));
  for (const [id, { topic }] of open)
    if (here.has(topic))
      problems.add('no_question', path, `${id} is corrected, but no topic has such a question`);
  settle(problems, path);
  return corrected;
}

function settle(problems: Problems, path: string): void {
  const found = problems.settle(true);
  if (found.length === 0) return;
  throw new MmmcError(
    'bad_corrections',
    found.map(({ where, message }) => `${where}: ${message}`).join('\n'),
    {
      exitCode: exitCodes.usage,
      hint: `${path} was written for other content; use @released, or bring the corrections up to date.`,
    },
  );
}

function corrected1(
  question: Question,
  correction: Correction,
  topic: Topic,
  problems: Problems,
): readonly Question[] {
  const where = `${topic.slug}, ${question.id}`;
  if (correction.topic !== topic.id || contentHash(question) !== correction.expects) {
    problems.add('other_content', where, 'its content is not what the correction expects');
    return [question];
  }
  if (correction.action === 'drop') return [];
  const mended = questionSchema.safeParse(
    mend(question, correction, (message) => problems.add('edit', where, message)),
  );
  if (!mended.success || mended.data.key >= mended.data.options.length) {
    problems.add(
      'broken',
      where,
      'the corrected question is no question: an empty text, or a key without option',
    );
    return [question];
  }
  return [mended.data];
}

function mend(
  question: Question,
  correction: Exclude<Correction, { action: 'drop' }>,
  problem: (message: string) => void,
): Question {
  const decoded = () => ({
    ...question,
    stem: unescapeText(question.stem),
    options: question.options.map(unescapeText),
  });
  switch (correction.action) {
    case 'rekey':
      return { ...question, key: correction.key };
    case 'replace':
      return { ...question, stem: correction.stem, options: correction.options, key: correction.key };
    case 'unescape':
      return decoded();
    case 'reword': {
      const start = correction.unescape ? decoded() : question;
      const edited = correction.edits.reduce((q, edit) => applyEdit(q, edit, problem), start);
      return { ...edited, key: correction.key ?? edited.key };
    }
  }
}

function applyEdit(
  question: Question,
  edit: z.infer<typeof editSchema>,
  problem: (message: string) => void,
): Question {
  const replace = (text: string): string => {
    const parts = text.split(edit.find);
    if (parts.length === 2) return parts.join(edit.put);
    problem(`${JSON.stringify(edit.find)} occurs ${parts.length - 1} times in ${edit.in}, not once`);
    return text;
  };
  if (edit.in === 'stem') return { ...question, stem: replace(question.stem) };
  const at = letters.indexOf(edit.in);
  if (at >= question.options.length) problem(`there is no option ${edit.in}`);
  return { ...question, options: question.options.map((option, i) => (i === at ? replace(option) : option)) };
}
