import { type IconWords, wordsOf, wordsOfQuery } from './words.ts';

/** How well an icon answers a query; the smaller the better. */
export const grades = ['name', 'alias', 'words of the name', 'words of an alias', 'tags'] as const;

interface Entry {
  /** Which set it is from: earlier sets win between equals. */
  set: number;
  name: string;
  words: readonly string[];
  aliases: readonly (readonly string[])[];
  tags: ReadonlySet<string>;
}

export interface Match {
  set: number;
  name: string;
  grade: (typeof grades)[number];
}

/** Most words that may stand in a name or alias beside those asked for: `home` is no `home-automation-off`. */
const strangers = 2;

/**
 * Icons by their words. Every word asked for must be there; the grade decides first (its exact name, an exact alias, all
 * words in the name, in an alias, in name and tags together), then how many other words the name has, then the order of
 * the sets, then the alphabet. So the same query gives the same icon, whatever else was asked before.
 */
export class IconIndex {
  readonly #byWord = new Map<string, Entry[]>();

  constructor(sets: readonly (readonly IconWords[])[]) {
    for (const [set, icons] of sets.entries()) for (const icon of icons) this.#add(set, icon);
  }

  /** The best icon, or `null` where none has all the words. */
  best(query: string): Match | null {
    const asked = [...new Set(wordsOfQuery(query))];
    const [first, ...others] = asked.map((word) => this.#byWord.get(word) ?? []).sort(byLength);
    if (first === undefined) return null;
    const rest = others.map((entries) => new Set(entries));
    let best: Graded | null = null;
    for (const entry of first) {
      if (!rest.every((entries) => entries.has(entry))) continue;
      const graded = grade(entry, asked);
      if (graded !== null && (best === null || compare(graded, best) < 0)) best = graded;
    }
    return best && { set: best.entry.set, name: best.entry.name, grade: grades[best.grade] ?? 'tags' };
  }

  #add(set: number, { name, aliases, tags }: IconWords): void {
    const entry: Entry = {
      set,
      name,
      words: wordsOf(name),
      aliases: aliases.map(wordsOf),
      tags: new Set(tags.flatMap(wordsOf)),
    };
    for (const word of new Set([...entry.words, ...entry.aliases.flat(), ...entry.tags])) {
      const known = this.#byWord.get(word);
      if (known) known.push(entry);
      else this.#byWord.set(word, [entry]);
    }
  }
}

interface Graded {
  entry: Entry;
  grade: number;
  extra: number;
}

function grade(entry: Entry, asked: readonly string[]): Graded | null {
  const extra = (words: readonly string[]) =>
    asked.every((word) => words.includes(word)) ? words.length - asked.length : Number.POSITIVE_INFINITY;
  const inName = extra(entry.words);
  const inAlias = Math.min(Number.POSITIVE_INFINITY, ...entry.aliases.map(extra));
  if (inName === 0) return { entry, grade: 0, extra: 0 };
  if (inAlias === 0) return { entry, grade: 1, extra: 0 };
  if (inName <= strangers) return { entry, grade: 2, extra: inName };
  if (inAlias <= strangers) return { entry, grade: 3, extra: inAlias };
  const known = asked.filter((word) => entry.words.includes(word));
  const tagged = asked.every((word) => entry.words.includes(word) || entry.tags.has(word));
  // A category alone says nothing of an icon: one word asked for has to be in its name.
  const beside = entry.words.length - known.length;
  return tagged && known.length > 0 && known.length < asked.length && beside <= strangers
    ? { entry, grade: 4, extra: beside }
    : null;
}

function compare(a: Graded, b: Graded): number {
  const name = a.entry.name < b.entry.name ? -1 : 1;
  return a.grade - b.grade || a.extra - b.extra || a.entry.set - b.entry.set || name;
}

const byLength = (a: readonly Entry[], b: readonly Entry[]) => a.length - b.length;
