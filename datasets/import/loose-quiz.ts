import { parseJson } from '../../harness/store/parse-json.ts';
import { letters } from '../schema.ts';
import type { QuestionDraft } from './assemble.ts';
import { guesses } from './field-map.ts';

/**
 * Questions in the shapes that exports commonly have: an array (or its JSON as text) of objects with a question, options
 * as an array or by letter, and an answer as a letter, the option's text, or its place from 0. Null when any of it is
 * something else, so that nothing is guessed.
 */
export function looseQuiz(value: unknown, where: string): QuestionDraft[] | null {
  const items = typeof value === 'string' ? parseJson(value) : value;
  if (!Array.isArray(items)) return null;
  const quiz = items.map((item: unknown) => looseItem(item, where));
  return quiz.every((question) => question !== null) ? quiz : null;
}

function looseItem(item: unknown, where: string): QuestionDraft | null {
  if (item === null || typeof item !== 'object') return null;
  const fields = new Map<string, unknown>(Object.entries(item));
  const first = (names: readonly string[]) =>
    names.map((name) => fields.get(name)).find((v) => v !== undefined);
  const known: readonly string[] = [...guesses.stem, ...guesses.options, ...guesses.answer];
  if ([...fields.keys()].some((name) => !known.includes(name))) return null;
  return looseQuestion(first(guesses.stem), first(guesses.options), first(guesses.answer), where);
}

/** A question from its three parts, or null when they are of another shape. */
export function looseQuestion(
  stem: unknown,
  givenOptions: unknown,
  answer: unknown,
  where: string,
): QuestionDraft | null {
  const options = looseOptions(typeof givenOptions === 'string' ? parseJson(givenOptions) : givenOptions);
  if (typeof stem !== 'string' || options === null) return null;
  const key = keyOf(answer, options);
  return key === -1 ? null : { where, stem, options, key, tags: [] };
}

function looseOptions(value: unknown): string[] | null {
  if (value === null || typeof value !== 'object') return null;
  const named = Object.entries(value);
  const ordered = Array.isArray(value) || named.every(([name], i) => name === letters[i]);
  const texts = named.flatMap(([, text]: [string, unknown]) => (typeof text === 'string' ? [text] : []));
  return ordered && texts.length === named.length ? texts : null;
}

/** An option's own text goes before a letter, so that options that are letters are read right. */
function keyOf(answer: unknown, options: readonly string[]): number {
  if (typeof answer === 'number') return Number.isInteger(answer) && answer < options.length ? answer : -1;
  if (typeof answer !== 'string') return -1;
  const same = options.indexOf(answer);
  const offered: readonly string[] = letters.slice(0, options.length);
  return same === -1 ? offered.indexOf(answer) : same;
}
