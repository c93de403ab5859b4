/**
 * What a spreadsheet would not leave alone: text that begins as a formula does (OWASP, "CSV injection"; full-width forms
 * too), that begins with an apostrophe, that it would read as a number, date or truth value, and text that is empty.
 */
const unsafe = new RegExp(
  [
    '^$',
    "^['=+\\-@\\t\\r\\n＝＋－＠]",
    '^[\\s(]*[\\d.,$€£¥][\\d\\s.,:/%()e+$€£¥-]*([ap]m?)?$',
    '^(true|false)$',
    '^(?=\\D*\\d)(\\d{1,4}[\\s.,-]*)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\\s.,\\d-]*$',
  ].join('|'),
  'i',
);

/** A text as the cell of a spreadsheet: an apostrophe goes before what it would not leave alone; null is an empty cell. */
export function guardCell(text: string | null | undefined): string {
  if (text === null || text === undefined) return '';
  return unsafe.test(text) ? `'${text}` : text;
}

/** The inverse of `guardCell`: an apostrophe is taken away where `guardCell` would have put it, and nowhere else. */
export function restoreCell(cell: string): string | null {
  if (cell === '') return null;
  return cell.startsWith("'") && unsafe.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Words in one cell, `|` between them; in a word `\` is `\\`, `|` is `\|`, and an empty word is `\e`. */
export function joinWords(words: readonly string[]): string | null {
  if (words.length === 0) return null;
  return words.map((word) => (word === '' ? '\\e' : word.replace(/[\\|]/g, '\\$&'))).join('|');
}

/** The inverse of `joinWords`. */
export function splitWords(cell: string | null): string[] {
  if (cell === null) return [];
  const bars = [...cell.matchAll(/\\[\\|]|\|/g)].flatMap(({ 0: found, index }) =>
    found === '|' ? [index] : [],
  );
  const words = [...bars, cell.length].map((end, i) => cell.slice(i === 0 ? 0 : (bars[i - 1] ?? 0) + 1, end));
  return words.map((word) => (word === '\\e' ? '' : word.replace(/\\([\\|])/g, '$1')));
}
