/** What is known of an icon besides its drawing. */
export interface IconWords {
  name: string;
  aliases: readonly string[];
  /** Categories and tags, as sentences or words. */
  tags: readonly string[];
}

/** Words as they are compared: lower case, without marks, `test-tube`, `TestTube` and `Test Tubes` alike. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(singular);
}

/** Words that say how an icon is drawn, or nothing at all: no query is about them. */
const idle = new Set(['a', 'an', 'the', 'of', 'icon', 'symbol', 'picture', 'image', 'outline', 'filled']);

/** The words of a query that an icon has to have. */
export function wordsOfQuery(query: string): string[] {
  const words = wordsOf(query);
  const told = words.filter((word) => !idle.has(word));
  return told.length > 0 ? told : words;
}

function singular(word: string): string {
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
