import type { Question } from '../schema.ts';

/** Options that point at other options by place or letter. */
const pointing = [
  /^(all|none|any|both|neither|either)( one)? of (the )?(above|these|those|them|other (options|answers))\W*$/i,
  /^(all|none) (the )?above\W*$/i,
  /^([Bb]oth|[Nn]either|[Ee]ither|[Oo]nly)?\s*\(?[A-F]\)?\s+(and|or|nor|&)\s+\(?[A-F]\)?\W*$/,
  /\b([Oo]ptions?|[Aa]nswers?|[Cc]hoices?) \(?[A-F]\b/,
  /\b(previous|preceding|following) (option|answer|choice)s?\b/i,
];

/** Must the options stay in the order they were written in? */
export function isOrderBound({ options }: Pick<Question, 'options'>): boolean {
  return options.some((option) => pointing.some((pattern) => pattern.test(option.trim())));
}
