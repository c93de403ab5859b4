import type { Question } from '../schema.ts';

/** Options that point at other options by place or letter: such a question keeps its order. */
const pointing = [
  /^(all|none|any|both|neither|either|two|three)\b.*\b(above|below|these|options|answers|them|others?)\b/i,
  /^(both|neither|either|only)?\s*\(?[A-F]\)?\s+(and|or|nor|&)\s+\(?[A-F]\)?\.?$/i,
  /\b([Oo]ptions?|[Aa]nswers?|[Cc]hoices?)\s+\(?[A-F]\b/,
  /\b(previous|preceding|following) (option|answer|choice)s?\b/i,
];

/** Must the options stay in the order they were written in? */
export function isOrderBound({ options }: Pick<Question, 'options'>): boolean {
  return options.some((option) => pointing.some((pattern) => pattern.test(option.trim())));
}
