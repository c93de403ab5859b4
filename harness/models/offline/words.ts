/** Words so common that they say nothing about where an answer stands; question words included. */
const common = new Set(
  `a an and are as at be been being by can could did do does each every for from had has have how i if in into is it its
  many much may might must no of on one or our shall should so than that the their them then there these they this those to
  was we were what when where which who whose why will with would you your called name named following true about after
  before between during happen happens over under up down out only also just more most`.split(/\s+/),
);

const numberWords = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty'
).split(' ');

/** A word as it is compared: integers and decimals in one spelling, words without accents, endings cut. */
export interface Token {
  text: string;
  number: boolean;
}

/** The tokens of a text, in order: numbers as they are (`1,000` is 1000, `three` is 3), words lower-cased and stemmed. */
export function tokenize(text: string): Token[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\d)[,\u2009\u202f](?=\d{3}(?!\d))/g, '')
    .replace(/['’]s\b/g, '');
  return [...plain.matchAll(/\d+(?:\.\d+)?|\p{L}+/gu)].map(([word]) => toToken(word));
}

function toToken(word: string): Token {
  if (/^\d/.test(word)) return { text: String(Number(word)), number: true };
  const spelled = numberWords.indexOf(word);
  return spelled === -1 ? { text: stem(word), number: false } : { text: String(spelled), number: true };
}

/** Cuts the endings that English adds to a word; a light cut, made alike for what is asked and for what is read. */
function stem(word: string): string {
  if (common.has(word) || word.length < 4) return word;
  const cut = word.replace(/(?:ies|ied)$/, 'y').replace(/(?:(?<=[sxz]|ch|sh)es|(?<![su])s)$/, '');
  const bare = cut.replace(/(?<=\p{L}{3})(?:ing|ed|ly)$/u, '');
  return bare.replace(/(?<=..)(.)\1$/, '$1').replace(/e$/, '');
}

export function isCommon(token: Token): boolean {
  return !token.number && common.has(token.text);
}

/**
 * Do two tokens stand for the same word? Numbers must be equal; in words the misreadings of OCR are forgiven: one
 * letter in words of 5 to 8, two in longer ones.
 */
export function sameWord(a: Token, b: Token): boolean {
  if (a.text === b.text) return true;
  if (a.number || b.number) return false;
  const length = Math.min(a.text.length, b.text.length);
  const forgiven = length >= 9 ? 2 : length >= 5 ? 1 : 0;
  return forgiven > 0 && distance(a.text, b.text, forgiven) <= forgiven;
}

/** Levenshtein distance, given up with `bound + 1` as soon as it must be larger. */
function distance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > bound) return bound + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Where a word stands among tokens. */
export function positions(tokens: readonly Token[], wanted: Token): number[] {
  return tokens.flatMap((token, index) => (sameWord(token, wanted) ? [index] : []));
}

export function includes(tokens: readonly Token[], wanted: Token): boolean {
  return tokens.some((token) => sameWord(token, wanted));
}
