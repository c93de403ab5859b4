import { type ChiSquare, chiSquareUniform } from '../../metrics/statistics/chi-square.ts';
import { type Letter, letters, type Question, type Topic } from '../schema.ts';
import { keyIsLongest, lengthCue } from './bots.ts';

/** How often each letter is the key, and whether chance would do that. */
export interface LetterCounts {
  counts: { letter: Letter; count: number }[];
  /** Against equal shares among the options of each question; `null` without questions. */
  test: ChiSquare | null;
}

/** Letters that occur as options, with the number of questions whose key they are. */
export function letterCounts(questions: readonly Question[]): LetterCounts {
  const used = letters.slice(0, Math.max(0, ...questions.map(({ options }) => options.length)));
  const counts = used.map((_, i) => questions.filter(({ key }) => key === i).length);
  const expected = used.map((_, i) =>
    questions.reduce((sum, { options }) => sum + (i < options.length ? 1 / options.length : 0), 0),
  );
  return {
    counts: used.map((letter, i) => ({ letter, count: counts[i] ?? 0 })),
    test: chiSquareUniform(counts, expected),
  };
}

/** The key letters of the quiz's questions, such as `BBCBA`. */
export function keyPattern(topic: Topic): string {
  return topic.quiz.map(({ key }) => letters[key] ?? '?').join('');
}

/** Counts of what gives a key away without knowledge. */
export interface Cues {
  /** Questions whose key is (one of) the longest options, the only longest, (one of) the shortest. */
  keyLongest: number;
  keyStrictlyLongest: number;
  keyShortest: number;
  /** Characters; `null` without questions. */
  meanKeyLength: number | null;
  meanDistractorLength: number | null;
  /** Slugs of topics whose keys, of two or more, are one letter. */
  oneLetterTopics: { topic: string; letter: string }[];
  /** For each pair of letters, how many topics of three questions or more have no other key (one-letter topics too). */
  twoLetterTopics: { letters: string; count: number }[];
  /** Slugs of topics that the longest-option bot passes without an error. */
  longestPerfect: string[];
}

/** The cues of position and length. */
export function findCues(topics: readonly Topic[]): Cues {
  const questions = topics.flatMap(({ quiz }) => quiz);
  const { keys, distractors } = optionLengths(questions);
  const count = (test: (question: Question) => boolean) => questions.filter(test).length;
  return {
    keyLongest: count(keyIsLongest),
    keyStrictlyLongest: count((question) => lengthCue(question) > 1),
    keyShortest: count(({ options, key }) => options.every(({ length }) => length >= lengthAt(options, key))),
    meanKeyLength: mean(keys),
    meanDistractorLength: mean(distractors),
    oneLetterTopics: topics
      .filter((topic) => topic.quiz.length > 1 && lettersOf(topic).length === 1)
      .map((topic) => ({ topic: topic.slug, letter: lettersOf(topic) })),
    twoLetterTopics: twoLetterTopics(topics),
    longestPerfect: topics
      .filter((topic) => topic.quiz.length > 0 && topic.quiz.every(longestIsRight))
      .map(({ slug }) => slug),
  };
}

function twoLetterTopics(topics: readonly Topic[]): Cues['twoLetterTopics'] {
  const used = topics.filter(({ quiz }) => quiz.length > 2).map(lettersOf);
  const pairs = new Set(used.filter((set) => set.length === 2));
  return [...pairs]
    .map((pair) => ({ letters: pair, count: used.filter((set) => isWithin(set, pair)).length }))
    .sort((a, b) => b.count - a.count || (a.letters < b.letters ? -1 : 1));
}

function isWithin(set: string, pair: string): boolean {
  return [...set].every((letter) => pair.includes(letter));
}

/** The different letters of a topic's keys, sorted. */
function lettersOf(topic: Topic): string {
  return [...new Set(keyPattern(topic))].sort().join('');
}

function longestIsRight({ options, key }: Question): boolean {
  const lengths = options.map(({ length }) => length);
  return lengths.indexOf(Math.max(...lengths)) === key;
}

function lengthAt(options: readonly string[], key: number): number {
  return options[key]?.length ?? 0;
}

/** Lengths of all keys and of all distractors in characters, for histograms. */
export function optionLengths(questions: readonly Question[]): { keys: number[]; distractors: number[] } {
  return {
    keys: questions.map(({ options, key }) => lengthAt(options, key)),
    distractors: questions.flatMap(({ options, key }) =>
      options.filter((_, i) => i !== key).map(({ length }) => length),
    ),
  };
}

/** Mean; `null` of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
