/** Lessons play on a black ground: these take the place of what would not be seen there. */
export const ink = '#F4F1E8';
export const grey = '#8A8F98';

/** A channel above this (of 255) is seen on black. */
const seen = 0x50;

/** `#rrggbb` of the ways in which icons write colours; `undefined` where it is none of them. */
function hexOf(paint: string): string | undefined {
  const named: Record<string, string> = { black: '#000000', white: '#ffffff' };
  const short = /^#([\da-f])([\da-f])([\da-f])[\da-f]?$/i.exec(paint);
  if (short)
    return `#${short
      .slice(1, 4)
      .map((digit) => digit.repeat(2))
      .join('')}`;
  if (/^#[\da-f]{6}(?:[\da-f]{2})?$/i.test(paint)) return paint.slice(0, 7);
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\b/.exec(paint)?.slice(1, 4);
  if (parts)
    return `#${parts.map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0')).join('')}`;
  return named[paint];
}

/** Would it not be seen on black? `currentColor` stands for the colour of words, which is black on paper. */
function isDark(paint: string): boolean {
  if (paint === 'currentColor') return true;
  const hex = hexOf(paint);
  if (hex === undefined) return false;
  return [1, 3, 5].every((at) => Number.parseInt(hex.slice(at, at + 2), 16) < seen);
}

/**
 * The colours of an icon for a black ground. One that is all black becomes light; in a coloured one black becomes grey, so
 * that its lines are seen beside white and yellow too.
 */
export function onBlack(paints: readonly string[]): (paint: string) => string {
  const coloured = paints.some((paint) => paint !== 'none' && !isDark(paint));
  const light = coloured ? grey : ink;
  return (paint) => (isDark(paint) ? light : paint);
}
