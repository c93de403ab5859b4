import type { Question, Topic } from '../schema.ts';
import { sourceReferences } from './outside-source.ts';
import { normalise } from './words.ts';

/** Something wrong or worth knowing, and where. */
export interface Finding {
  kind: string;
  /** Slug; `null` when it is of the whole dataset or of a file. */
  topic: string | null;
  /** From 1. */
  question: number | null;
  id: string | null;
  message: string;
}

/** A rule over one question: what it found in words, or `null`. */
interface TextRule {
  kind: string;
  /** The rule in few words. */
  rule: string;
  /** Told, but no defect by itself. */
  informative?: true;
  find(question: Question): string | null;
}

/** `\u03bb` as six characters: an escape that was never decoded. */
const undecoded = /(?<!\\)\\u[0-9a-f]{4}/gi;

/** Two backslashes before a command or bracket; before a space or digit they break a line of a LaTeX matrix. */
const doubled = /\\\\(?=[a-z()[\]{}])/i;

/** Ways of writing mathematics. */
export const notations = ['latex', 'unicode', 'caret'] as const;
export type Notation = (typeof notations)[number];

const latexSpan = /\\+\(.*?\\+\)|\\+\[.*?\\+\]|\$[^$]*[\\^_{][^$]*\$/gs;
const latexCommand = /\\+(?!u[0-9a-f]{4})[a-z]{2,}/gi;
const unicodeSign = /[^\P{Sm}+<=>|~]|[\p{Script=Greek}²³¹⁰-₎·]/u;
const caretText = /[\p{L}\p{N})\]]\^[\p{L}\p{N}({-]|[\p{L}\p{N}]_[\p{L}\p{N}{]/u;

/** The notations in a text: LaTeX commands or delimiters, Unicode signs and Greek letters, or `x^2` as plain text. */
export function notationsIn(text: string): Notation[] {
  const plain = text.replace(latexSpan, ' ').replace(latexCommand, ' ');
  const found = { latex: plain !== text, unicode: unicodeSign.test(plain), caret: caretText.test(plain) };
  return notations.filter((notation) => found[notation]);
}

function whole({ stem, options }: Question): string {
  return [stem, ...options].join('\n');
}

/** The text rules, in the order of the report. */
export const textRules: readonly TextRule[] = [
  {
    kind: 'literal_escape',
    rule: 'a \\uXXXX escape stands in the text',
    find: (question) => listed(whole(question).match(undecoded)),
  },
  {
    kind: 'doubled_backslash',
    rule: 'two backslashes before a LaTeX command or bracket',
    find: (question) => (doubled.test(whole(question)) ? 'LaTeX that was escaped twice' : null),
  },
  {
    kind: 'outside_source',
    rule: 'the stem points at a lesson the student does not have',
    find: ({ stem }) => listed(sourceReferences(stem)),
  },
  {
    kind: 'equal_options',
    rule: 'options equal but for case, punctuation, spaces (NFKC)',
    find: equalOptions,
  },
  {
    kind: 'invisible_character',
    rule: 'control, format or replacement characters',
    find: (question) =>
      listed(
        whole(question)
          .match(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\uFFFD]/gu)
          ?.map(codePoint),
      ),
  },
  {
    kind: 'mixed_notation',
    rule: 'two of LaTeX, Unicode, caret text in a question',
    informative: true,
    find: (question) => {
      const used = notationsIn(whole(question));
      return used.length > 1 ? used.join(' and ') : null;
    },
  },
  {
    kind: 'no_question_mark',
    rule: 'a stem to be completed',
    informative: true,
    find: ({ stem }) => (/[?？؟]/u.test(stem) ? null : 'the stem asks without a question mark'),
  },
];

function listed(found: readonly string[] | null | undefined): string | null {
  return found?.length ? [...new Set(found)].join(', ') : null;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function equalOptions({ options }: Question): string | null {
  const groups = Map.groupBy(options.keys(), (i) => normalise(options[i] ?? ''));
  const equal = [...groups.values()].filter((group) => group.length > 1);
  if (equal.length === 0) return null;
  return equal.map((group) => group.map((i) => String.fromCharCode(65 + i)).join(' = ')).join(', ');
}

/** Everything the text rules find, topic by topic, and topics without a quiz. */
export function textFindings(topics: readonly Topic[]): Finding[] {
  return topics.flatMap((topic) => {
    if (topic.quiz.length === 0) return [emptyQuiz(topic)];
    return topic.quiz.flatMap((question, i) =>
      textRules.flatMap(({ kind, find }): Finding[] => {
        const message = find(question);
        if (message === null) return [];
        return [{ kind, topic: topic.slug, question: i + 1, id: question.id, message }];
      }),
    );
  });
}

function emptyQuiz(topic: Topic): Finding {
  return { kind: 'empty_quiz', topic: topic.slug, question: null, id: null, message: 'it has no question' };
}

/** In how many questions each notation occurs; a dataset mixes them when more than one is above 0. */
export function notationCounts(questions: readonly Question[]): { notation: Notation; questions: number }[] {
  const used = questions.map((question) => notationsIn(whole(question)));
  return notations.map((notation) => ({
    notation,
    questions: used.filter((found) => found.includes(notation)).length,
  }));
}
