import { duplicateThresholds, similarPairs } from '../audit/duplicates.ts';
import { contentWords, normalise, words } from '../audit/words.ts';
import type { Question } from '../schema.ts';

/** Two questions with equal right answers are one from this similarity of their stems' content words on (Jaccard). */
const sameAnswerStem = 0.75;

/**
 * For each of `fresh`, which earlier questions it repeats: indices into `kept` followed by `fresh`, always smaller than
 * its own. By the audit's near-duplicates (words of the stem, or of stem and options), and by equal right answers to
 * stems that say nearly the same.
 */
export function repeats(kept: readonly Question[], fresh: readonly Question[]): ReadonlySet<number>[] {
  const all = [...kept, ...fresh];
  const answers = all.map(({ options, key }) => options[key] ?? '').map((text) => normalise(text) || text);
  const pairs = [
    ...similarPairs(
      all.map(({ stem }) => new Set(words(stem))),
      duplicateThresholds.stem,
    ),
    ...similarPairs(
      all.map(({ stem, options }) => new Set(words([stem, ...options].join(' ')))),
      duplicateThresholds.whole,
    ),
    ...similarPairs(
      all.map(({ stem }) => new Set(contentWords(stem))),
      sameAnswerStem,
    ).filter(([i, j]) => answers[i] === answers[j]),
  ];
  const found = fresh.map(() => new Set<number>());
  for (const [i, j] of pairs) found[j - kept.length]?.add(i);
  return found;
}
