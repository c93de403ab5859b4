import { type Interval, wilsonInterval } from '../../metrics/statistics/wilson.ts';
import { letters, type Question } from '../schema.ts';
import { lengthRatio } from '../views/length-fair.ts';
import { contentWords } from './words.ts';

/** What a bot may see of a question: never the key. */
export type Asked = Pick<Question, 'stem' | 'options'>;

/** A student that knows nothing and answers by a rule of form. */
export interface Bot {
  name: string;
  /** The rule in a few words. */
  rule: string;
  /** Does it read a cue in the words (and not just name a letter)? */
  readsCue: boolean;
  /** Index of the option it picks; the first on ties. One that is not there is wrong. */
  pick(question: Asked): number;
}

/** A share with its count and 95 % Wilson interval; `accuracy` and `interval` are `null` for no questions. */
export interface Score {
  right: number;
  n: number;
  accuracy: number | null;
  interval: Interval | null;
}

/** What a bot reached, overall and where the key is (one of) the longest options and where not. */
export interface BotResult extends Score {
  name: string;
  rule: string;
  readsCue: boolean;
  keyLongest: Score;
  keyNotLongest: Score;
  /** Mean of the two strata, weighted equally; `null` when one of them is empty. */
  stratified: number | null;
}

/** Key length over the length of the longest distractor: above 1, length gives the key away. */
export const lengthCue = lengthRatio;

/** Is the key (one of) the longest options? */
export function keyIsLongest(question: Question): boolean {
  return lengthCue(question) >= 1;
}

/** The bots that fit questions of so many options. */
export function botsFor(options: number): Bot[] {
  const always = letters
    .slice(0, options)
    .map((letter, i): Bot => ({ name: `always-${letter}`, rule: letter, readsCue: false, pick: () => i }));
  return [...always, ...cueBots];
}

const cueBots: readonly Bot[] = [
  bot('longest', 'most characters', (question) => question.options.map(({ length }) => length)),
  bot('shortest', 'fewest characters', (question) => question.options.map(({ length }) => -length)),
  bot('stem-overlap', 'most words of the stem', overlaps),
  bot('most-specific', 'most digits, signs, names', ({ options }) => options.map(specificity)),
];

function bot(name: string, rule: string, scores: (question: Asked) => number[]): Bot {
  return { name, rule, readsCue: true, pick: (question) => firstHighest(scores(question)) };
}

function firstHighest(scores: readonly number[]): number {
  return scores.indexOf(Math.max(...scores));
}

/** Content words of the stem that each option repeats. */
function overlaps({ stem, options }: Asked): number[] {
  const asked = new Set(contentWords(stem));
  return options.map((option) => new Set(contentWords(option)).intersection(asked).size);
}

/**
 * Share of an option's words that are specific: they hold a digit or a mathematical sign, or are capitalised after
 * the first word (a name, a symbol). A share, so that length does not count twice.
 */
export function specificity(option: string): number {
  const parts = option.split(/\s+/).filter((part) => /[\p{L}\p{N}\p{S}]/u.test(part));
  const specific = parts.filter(
    (part, i) => /[\p{N}\p{Sm}^\\]/u.test(part) || (i > 0 && /^\P{L}*\p{Lu}/u.test(part)),
  );
  return parts.length === 0 ? 0 : specific.length / parts.length;
}

/** Index of the only option that repeats most words of the stem; `null` when none or several do. */
export function overlapPick(question: Asked): number | null {
  const counts = overlaps(question);
  const most = Math.max(...counts);
  return most > 0 && counts.indexOf(most) === counts.lastIndexOf(most) ? counts.indexOf(most) : null;
}

/** Lets every bot answer the questions. */
export function runBots(questions: readonly Question[]): BotResult[] {
  const longest = questions.map(keyIsLongest);
  const options = Math.max(0, ...questions.map((question) => question.options.length));
  return botsFor(options).map(({ name, rule, readsCue, pick }) => {
    const right = questions.map((question) => pick(question) === question.key);
    const keyLongest = scoreOf(right.filter((_, i) => longest[i]));
    const keyNotLongest = scoreOf(right.filter((_, i) => !longest[i]));
    const strata = [keyLongest.accuracy, keyNotLongest.accuracy].filter((accuracy) => accuracy !== null);
    const stratified = strata.length === 2 ? strata.reduce((a, b) => a + b, 0) / 2 : null;
    return { name, rule, readsCue, ...scoreOf(right), keyLongest, keyNotLongest, stratified };
  });
}

function scoreOf(outcomes: readonly boolean[]): Score {
  const n = outcomes.length;
  const right = outcomes.filter(Boolean).length;
  return { right, n, accuracy: n === 0 ? null : right / n, interval: wilsonInterval(right, n) };
}
