import type { ShownQuestion } from './question.ts';
import { type ReadWindow, readWindows, scoreIn, type Weigh, weigher } from './reader-score.ts';
import { includes, isCommon, type Token, tokenize } from './words.ts';

/** The second best option must score below this share of the best one's score. */
export const largestRival = 0.9;

export interface Reading {
  letter: string;
  /** The read line, or the two neighbouring ones, that decided. */
  evidence: string;
}

interface Scored extends Reading {
  own: readonly Token[];
  score: number;
}

/**
 * Answers a question from the texts of the frames, or abstains with `null`. An option is the answer when its words stand
 * in the same line as the stem's rare words and no other option does nearly as well; the order of the options plays no part.
 * Questions that ask for what is not so are beyond it, and so are options that all consist of the same words.
 */
export function answerFrom(question: ShownQuestion, frames: readonly string[]): Reading | null {
  if (/\b(?:not|except|never|false|incorrect)\b/i.test(question.stem)) return null;
  const options = question.options.map(({ letter, text }) => ({ letter, tokens: tokenize(text) }));
  const windows = readWindows(frames);
  const weigh = weigher(windows, options);
  const stem = distinct(tokenize(question.stem)).filter(
    (token) => !isCommon(token) && !options.some(({ tokens }) => includes(tokens, token)),
  );
  const scored = options.flatMap(({ letter, tokens }) =>
    bestWindow(letter, ownWords(tokens, options), stem, windows, weigh),
  );
  const [best, rival] = withoutContained(scored).sort((a, b) => b.score - a.score);
  if (best === undefined || (rival !== undefined && rival.score >= best.score * largestRival)) return null;
  return { letter: best.letter, evidence: best.evidence };
}

/** The option's words that not every option has; an option without any cannot be told apart and is left out. */
function ownWords(tokens: readonly Token[], options: readonly { tokens: readonly Token[] }[]): Token[] {
  const own = distinct(tokens).filter((token) => !options.every((option) => includes(option.tokens, token)));
  const content = own.filter((token) => !isCommon(token));
  return content.length > 0 ? content : own;
}

function bestWindow(
  letter: string,
  own: readonly Token[],
  stem: readonly Token[],
  windows: readonly ReadWindow[],
  weigh: Weigh,
): Scored[] {
  if (own.length === 0 || stem.length === 0) return [];
  let best: Scored | undefined;
  for (const window of windows) {
    const score = scoreIn(window, own, stem, weigh);
    if (score === 0 || (best !== undefined && score <= best.score)) continue;
    best = { letter, evidence: window.text, own, score };
  }
  return best === undefined ? [] : [best];
}

/** Drops an option whose words are some of another's in the same line: "n" where the line says "n log n". */
function withoutContained(scored: readonly Scored[]): Scored[] {
  return scored.filter(
    (one) =>
      !scored.some(
        (other) =>
          other.evidence === one.evidence &&
          other.own.length > one.own.length &&
          one.own.every((token) => includes(other.own, token)),
      ),
  );
}

function distinct(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, index) => tokens.findIndex(({ text }) => text === token.text) === index);
}
