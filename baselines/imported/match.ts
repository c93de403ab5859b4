/** A topic as far as names go. */
export interface NamedTopic {
  id: string;
  slug: string;
  title: string;
  aliases: readonly string[];
}

export type Matched = 'id' | 'slug' | 'title' | 'likeness' | 'told';

/** The topic that a video's name stands for. */
export interface Match {
  topic: NamedTopic;
  matched: Matched;
  /** 1 for an exact name; else how alike the names are, 0 to 1. */
  likeness: number;
}

/**
 * The topic that a name stands for: its id, slug or title exactly, else the most alike title or slug (Dice's coefficient of pairs of
 * letters; case, accents, and what is no letter or digit do not count). `null` below `least`, or where two topics are equally alike or of
 * one title.
 */
export function matchTopic(name: string, topics: readonly NamedTopic[], least = 0.5): Match | null {
  for (const [matched, fits] of exactly(name)) {
    const [topic, other] = topics.filter(fits);
    if (other !== undefined) return null;
    if (topic !== undefined) return { topic, matched, likeness: 1 };
  }
  const scored = topics
    .map((topic) => {
      const names = [topic.title, topic.slug, ...topic.aliases];
      return {
        topic,
        matched: 'likeness' as const,
        likeness: Math.max(...names.map((other) => dice(name, other))),
      };
    })
    .sort((a, b) => b.likeness - a.likeness);
  const [best, second] = scored;
  if (best === undefined || best.likeness < least || best.likeness === second?.likeness) return null;
  return best;
}

const exactly = (name: string): [Matched, (topic: NamedTopic) => boolean][] => [
  ['id', ({ id }) => id === name],
  ['slug', ({ slug }) => slug === name],
  ['title', ({ title, aliases }) => [title, ...aliases].some((one) => one === name || sameName(one, name))],
];

/** What has neither letters nor digits is like nothing. */
const sameName = (a: string, b: string) => plain(a) === plain(b) && plain(a) !== '';

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Twice the pairs in common over the pairs of both (Dice 1945), 0 to 1. */
function dice(a: string, b: string): number {
  const [one, other] = [pairs(plain(a)), pairs(plain(b))];
  const left = new Map<string, number>();
  for (const pair of other) left.set(pair, (left.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of one) {
    const count = left.get(pair) ?? 0;
    if (count > 0) common++;
    left.set(pair, count - 1);
  }
  return one.length + other.length === 0 ? 0 : (2 * common) / (one.length + other.length);
}

const pairs = (text: string) =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
