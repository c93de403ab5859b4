/** English function words and the frame of quiz questions; they tell nothing about a subject. */
const stopWords = new Set(
  (
    'a an and any are as at be been being best between both but by can cannot could describes do does each for ' +
    'following from had has have how if in into is it its itself may might more most must no not of on only or ' +
    'other our over same shall should so some such than that the their them then there these they this those to ' +
    'under up used using via was we were what when where which while who whose why will with within would you your'
  ).split(' '),
);

/** The words of a text in order: compatibility forms folded (NFKC), lower case, without signs. */
export function words(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function isAscii(text: string): boolean {
  return /^[ -~\s]*$/.test(text);
}

/** Words without function words, plurals folded onto singulars: what a text is about. */
export function contentWords(text: string): string[] {
  return words(text.replace(/['’]s\b/g, ''))
    .filter((word) => !stopWords.has(word))
    .map(singular);
}

/** A plural in -s without its ending; a crude rule that treats all words alike is enough to compare them. */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || 'sui'.includes(word.at(-2) ?? '')) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/**
 * Text with its meaning but without accidents of writing: NFKC, case, punctuation and spaces. What carries meaning in
 * mathematics stays apart: signs, primes, brackets, exponents (`x²` is `x^2`, not `x2`), and case where there are only
 * symbols (`AA` and `aa`).
 */
export function normalise(text: string): string {
  const folded = isAscii(text)
    ? text
    : text.replace(/[⁰¹²³⁴-⁹⁺⁻ⁿⁱ]+/g, (power) => `^${power}`).normalize('NFKC');
  const cased = /\p{L}{3}/u.test(folded) ? folded.toLowerCase() : folded;
  return cased
    .replace(/(?<=\p{L}{2})[-‐‑–'’](?=\p{L}{2})/gu, ' ')
    .replace(/["“”„«»]|[.,;:?¿¡…](?!\p{N})|(?<=\p{L}{2})!/gu, ' ')
    .replace(/\s*([^\p{L}\p{N}\s])\s*/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words and single signs of a normalised text. */
export function tokens(normalised: string): string[] {
  return normalised.match(/[\p{L}\p{N}]+|\S/gu) ?? [];
}
