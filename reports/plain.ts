/** Text that a model or a server wrote, made harmless for anything that prints it. */
import { stripVTControlCharacters } from 'node:util';

// Control characters but tab and line feed, and the signs that turn the direction of writing: both can
// make a text look like another one.
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const mark = /\p{Mark}|\p{Cf}/u;

/** Escape sequences taken out, other control characters shown as U+FFFD; line feeds and tabs stay. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replace(unseen, (c) =>
    c === '\n' || c === '\t' ? c : '\ufffd',
  );
}

/** Plain text on one line, cut at `limit` characters with an ellipsis. */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = [...plainText(text).replace(/\s+/gu, ' ').trim()];
  return line.length <= limit ? line.join('') : `${line.slice(0, limit - 1).join('')}…`;
}

/** Columns that a text takes in a terminal: marks take none, East Asian wide signs two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const c of text) width += mark.test(c) ? 0 : wide.test(c) || (c.codePointAt(0) ?? 0) > 0x1f2ff ? 2 : 1;
  return width;
}
