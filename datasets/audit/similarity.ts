import type { Topic } from '../schema.ts';
import { contentWords } from './words.ts';

/** A unit vector over words. */
export type Vector = ReadonlyMap<string, number>;

/**
 * A vector per topic: TF-IDF of the title and TF-IDF of the quiz (stems and options), each of length 1, added with equal
 * weight and scaled to 1. Term frequency is 1 + ln(count), inverse document frequency ln(topics / topics with the word)
 * (Salton and Buckley, 1988).
 */
export function topicVectors(topics: readonly Topic[]): Vector[] {
  const documents = topics.map(({ title, quiz }) => ({
    title: countWords([title]),
    quiz: countWords(quiz.flatMap(({ stem, options }) => [stem, ...options])),
  }));
  const found = new Map<string, number>();
  for (const { title, quiz } of documents)
    for (const word of new Set([...title.keys(), ...quiz.keys()]))
      found.set(word, (found.get(word) ?? 0) + 1);
  const weigh = (counts: ReadonlyMap<string, number>) =>
    unit(
      [...counts].map(([word, count]) => [
        word,
        (1 + Math.log(count)) * Math.log(topics.length / (found.get(word) ?? 1)),
      ]),
    );
  return documents.map(({ title, quiz }) => unit(sum(weigh(title), weigh(quiz))));
}

function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(contentWords)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function sum(a: Vector, b: Vector): Vector {
  const total = new Map(a);
  for (const [word, weight] of b) total.set(word, (total.get(word) ?? 0) + weight);
  return total;
}

/** Scaled to length 1; a vector without weight stays so. */
function unit(entries: Iterable<readonly [string, number]>): Vector {
  const all = [...entries].filter(([, weight]) => weight > 0);
  const length = Math.hypot(...all.map(([, weight]) => weight)) || 1;
  return new Map(all.map(([word, weight]) => [word, weight / length]));
}

/** Cosine of two unit vectors. */
export function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let total = 0;
  for (const [word, weight] of small) total += weight * (large.get(word) ?? 0);
  return total;
}

/** Indices of all pairs (i < j) with a cosine of at least `threshold`, by an index of words. */
export function pairsAbove(vectors: readonly Vector[], threshold: number): [number, number][] {
  const index = new Map<string, [number, number][]>();
  const pairs: [number, number][] = [];
  vectors.forEach((vector, j) => {
    const dots = new Float64Array(j);
    for (const [word, weight] of vector) {
      const posting = index.get(word) ?? [];
      for (const [i, other] of posting) dots[i] = (dots[i] ?? 0) + weight * other;
      posting.push([j, weight]);
      index.set(word, posting);
    }
    dots.forEach((dot, i) => {
      if (dot >= threshold) pairs.push([i, j]);
    });
  });
  return pairs;
}
