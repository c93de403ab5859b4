import type { Question, Topic } from '../schema.ts';
import { normalise, tokens } from './words.ts';

/** Two questions are near-duplicates from these similarities on (Jaccard: shared words and signs over all of the two). */
export const duplicateThresholds = { stem: 0.85, whole: 0.8 } as const;

/** The rule in words, for reports. */
export const duplicateRule = `equal, or Jaccard of words: stem >= ${duplicateThresholds.stem}, stem and options >= ${duplicateThresholds.whole}`;

/** A question and where it stands. */
export interface Place {
  /** Slug. */
  topic: string;
  /** From 1. */
  question: number;
  id: string;
}

/** Two questions that ask the same, or nearly. */
export interface DuplicatePair {
  a: Place;
  b: Place;
  /** Stem and options equal after normalisation; then both similarities are 1. */
  exact: boolean;
  /** Jaccard similarity of the sets of words. */
  stem: number;
  whole: number;
}

interface Entry {
  place: Place;
  text: string;
  stem: Set<string>;
  whole: Set<string>;
}

/** Pairs of questions with equal or nearly equal stems or wordings, in the order of the dataset. */
export function duplicateQuestions(topics: readonly Topic[]): DuplicatePair[] {
  const entries = topics.flatMap((topic) => topic.quiz.map((question, i) => entryOf(topic, question, i)));
  const candidates = [
    ...similarPairs(
      entries.map(({ stem }) => stem),
      duplicateThresholds.stem,
    ),
    ...similarPairs(
      entries.map(({ whole }) => whole),
      duplicateThresholds.whole,
    ),
  ];
  const unique = new Map(candidates.map((pair) => [pair.join(), pair]));
  return [...unique.values()]
    .sort(([a, b], [c, d]) => a - c || b - d)
    .flatMap(([i, j]) => {
      const [a, b] = [entries[i], entries[j]];
      return a === undefined || b === undefined ? [] : [pairOf(a, b)];
    });
}

function entryOf(topic: Topic, question: Question, i: number): Entry {
  const { stem, options, id } = question;
  const all = [stem, ...options].map(normalise);
  const parts = all.map(tokens);
  return {
    place: { topic: topic.slug, question: i + 1, id },
    text: [all[0], ...all.slice(1).sort()].join('\n'),
    stem: new Set(parts[0]),
    whole: new Set(parts.flat()),
  };
}

function pairOf(a: Entry, b: Entry): DuplicatePair {
  return {
    a: a.place,
    b: b.place,
    exact: a.text === b.text,
    stem: jaccard(a.stem, b.stem),
    whole: jaccard(a.whole, b.whole),
  };
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

/**
 * All pairs of sets (i < j) with a Jaccard similarity of at least `threshold`, without comparing every pair: two such
 * sets share a word among the rarest few of each (prefix filtering; Bayardo, Ma and Srikant, 2007), so only sets that
 * meet in an index of those few are compared.
 */
export function similarPairs(sets: readonly ReadonlySet<string>[], threshold: number): [number, number][] {
  const rarity = new Map<string, number>();
  for (const set of sets) for (const word of set) rarity.set(word, (rarity.get(word) ?? 0) + 1);
  const rarest = (a: string, b: string) => (rarity.get(a) ?? 0) - (rarity.get(b) ?? 0) || (a < b ? -1 : 1);
  const index = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  sets.forEach((set, j) => {
    const prefix = [...set].sort(rarest).slice(0, set.size - Math.ceil(threshold * set.size - 1e-9) + 1);
    const met = new Set(prefix.flatMap((word) => index.get(word) ?? []));
    for (const i of met) {
      const other = sets[i];
      if (other !== undefined && jaccard(set, other) >= threshold) pairs.push([i, j]);
    }
    for (const word of prefix) {
      const posting = index.get(word);
      if (posting === undefined) index.set(word, [j]);
      else posting.push(j);
    }
  });
  return pairs;
}

/** Groups of topics (slugs) whose titles are equal after normalisation. */
export function duplicateTitles(topics: readonly Topic[]): string[][] {
  return [...Map.groupBy(topics, ({ title }) => normalise(title))]
    .filter(([title, group]) => title !== '' && group.length > 1)
    .map(([, group]) => group.map(({ slug }) => slug));
}
