/** Scripts that languages are written in, where it is not Latin. */
const scripts: Readonly<Record<string, string>> = {
  ar: 'Arabic',
  bg: 'Cyrillic',
  el: 'Greek',
  fa: 'Arabic',
  he: 'Hebrew',
  hi: 'Devanagari',
  ja: 'Han,Hiragana,Katakana',
  ko: 'Hangul,Han',
  ru: 'Cyrillic',
  sr: 'Cyrillic,Latin',
  th: 'Thai',
  uk: 'Cyrillic',
  zh: 'Han',
};

/** Frequent small words by which languages of Latin script are told apart; words of two of them are left out. */
const smallWords: Readonly<Record<string, readonly string[]>> = {
  en: [
    'the',
    'of',
    'and',
    'is',
    'to',
    'with',
    'for',
    'how',
    'what',
    'by',
    'from',
    'which',
    'that',
    'it',
    'are',
    'between',
  ],
  de: [
    'der',
    'das',
    'und',
    'ist',
    'eine',
    'einer',
    'mit',
    'von',
    'für',
    'wie',
    'nicht',
    'ein',
    'zur',
    'zum',
    'wird',
    'bei',
  ],
  fr: [
    'le',
    'les',
    'des',
    'et',
    'est',
    'une',
    'dans',
    'pour',
    'du',
    'avec',
    'quelle',
    'au',
    'aux',
    'qui',
    'sur',
  ],
  es: ['el', 'los', 'las', 'y', 'una', 'con', 'por', 'qué', 'cuál', 'cómo', 'del', 'es', 'al', 'según'],
  it: ['il', 'gli', 'di', 'che', 'è', 'della', 'delle', 'dei', 'nel', 'sono', 'quale', 'per', 'del'],
  pt: ['o', 'os', 'uma', 'em', 'não', 'qual', 'dos', 'das', 'com', 'ao', 'são', 'do', 'da'],
};

/** Small words of another language that it takes before a text counts as that language. */
const enough = 2;

const share = 0.5;

/**
 * Does a text look like the language? By its script, and among languages of Latin script by small words: it does not if
 * it holds at least two of another language, and more than of its own. Short texts get the benefit of the doubt.
 */
export function looksLike(text: string, language: string): boolean {
  const base = language.toLowerCase().split('-')[0] ?? '';
  const letters = text.match(/\p{L}/gu) ?? [];
  const script = (scripts[base] ?? 'Latin').split(',').map((name) => `\\p{Script=${name}}`);
  const own = letters.filter((letter) => new RegExp(script.join('|'), 'u').test(letter)).length;
  if (letters.length > 0 && own < share * letters.length) return false;
  if (scripts[base] !== undefined || smallWords[base] === undefined) return true;
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}']+/gu) ?? [];
  const count = (of: string) => words.filter((word) => smallWords[of]?.includes(word)).length;
  const mine = count(base);
  return !Object.keys(smallWords).some(
    (other) => other !== base && count(other) >= enough && count(other) > mine,
  );
}

/** Languages that write without spaces between words. */
const unspaced = ['zh', 'ja', 'th', 'lo', 'km', 'my'];

/** Words of a text, as its language counts them. */
export function countWords(text: string, language: string): number {
  const base = language.toLowerCase().split('-')[0] ?? '';
  if (!unspaced.includes(base)) return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const segments = new Intl.Segmenter(base, { granularity: 'word' }).segment(text);
  return [...segments].filter(({ isWordLike }) => isWordLike).length;
}
