/** Fonts in the order tried: the second draws Chinese, Japanese and Korean. */
export const family = '"DejaVu Sans", "Noto Sans CJK SC", sans-serif';
export const font = { family, size: 12 };

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** `296`, `77.8`, `0.034`, `12,500`, `−3.1`: never `0.0` for what is not 0. */
export function shortNumber(value: number): string {
  return (Math.abs(value) < 1 ? small : number).format(value).replace('-', '−');
}

const tick = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

/** A number at an axis, with the same minus as `shortNumber`. */
export function tickNumber(value: number): string {
  return tick.format(value).replace('-', '−');
}

/** Scripts written without spaces, one em a character: a line may break at each. */
const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u;

/** Part of an em that a character takes in DejaVu Sans, rounded up by its kind. */
function emsOf(character: string): number {
  if (wide.test(character)) return 1;
  if (/[ ijlIftr.,:;'!|()]/.test(character)) return 0.38;
  return /[mwMW@%]/.test(character) ? 1 : 0.63;
}

/** About how wide a text is in DejaVu Sans, px; known before there is a canvas. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, c) => sum + emsOf(c), 0) * size;
}

/** A text in lines of at most `width` px where its words allow; what is beyond `most` lines ends in `…`. */
export function wrap(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [''];
  for (const piece of pieces(text)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && widthOf((line + piece).trimEnd(), size) > width) lines.push(piece);
    else lines[lines.length - 1] = line + piece;
  }
  const all = lines.map((line) => line.trim());
  if (all.length > most) {
    const last = cut(`${all.slice(most - 1).join(' ')}`, width, size);
    return [...all.slice(0, most - 1), last];
  }
  return all.map((line) => cut(line, width, size));
}

/** Does a text stand in `most` lines without a cut? */
export function fits(text: string, width: number, size: number, most: number): boolean {
  return !wrap(text, width, size, most).some((line) => line.endsWith('…'));
}

/** Words with the space after them; each wide character by itself. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = '';
  for (const c of text) {
    piece += c;
    if (c === ' ' || wide.test(c)) {
      found.push(piece);
      piece = '';
    }
  }
  return piece === '' ? found : [...found, piece];
}

function cut(line: string, width: number, size: number): string {
  if (widthOf(line, size) <= width) return line;
  const characters = [...line];
  while (characters.length > 1 && widthOf(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
