import { hashOf } from '../store/hash.ts';

/** One question as shown to a student: options in the order of `order`. */
export interface ShownQuestion {
  id: string;
  stem: string;
  /** Options as shown: the first is A. */
  options: readonly string[];
  /** Stored option index at each position shown. */
  order: readonly number[];
}

/** Hash of a quiz as it is shown: it changes with every word, option and order. */
export function quizHash(quiz: readonly { id: string; stem: string; options: readonly string[] }[]): string {
  return hashOf(
    quiz.map((question) => {
      const { id, stem, options } = showQuestion(question);
      return { id, stem, options };
    }),
  );
}

/** The letter at a position, from 0. */
export function letterAt(position: number): string {
  return String.fromCharCode(65 + position);
}

/** Shows the stored options in an order (stored indices); `null` keeps the file's order. */
export function showQuestion(
  question: { id: string; stem: string; options: readonly string[] },
  order: readonly number[] | null = null,
): ShownQuestion {
  const shown = order ?? question.options.map((_, i) => i);
  return {
    id: question.id,
    stem: question.stem,
    options: shown.map((i) => question.options[i] ?? ''),
    order: shown,
  };
}

/**
 * The lines every student reads, whatever the prompt around them says: `Question: …`, then `A) …` per option.
 * Line breaks inside stem and options become spaces, so that a line stays a line.
 */
export function questionBlock(question: ShownQuestion): string {
  const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
  const options = question.options.map((option, i) => `${letterAt(i)}) ${flat(option)}`);
  return [`Question: ${flat(question.stem)}`, ...options].join('\n');
}

/** Several questions, each under its number, from 1. */
export function questionBlocks(questions: readonly ShownQuestion[]): string {
  return questions.map((question, i) => `Number ${i + 1}\n${questionBlock(question)}`).join('\n\n');
}
