import { heightOf, widthOf } from './box.ts';
import { type Placed, type Sample, type Visible, visibleOf } from './visible.ts';

/** The least height of a text from ascender to descender, in pixels at 480p. */
export const smallestTextPx = 16;

/** Parts of an em in DejaVu Sans, the fonts' common measure: x-height, ascender, descender, from one line to the next. */
const em = { x: 0.547, ascender: 0.76, descender: 0.236, pitch: 1.01 } as const;

/**
 * A text's height from ascender to descender in pixels at 480p, from the height of its box and the letters in it: "nun"
 * is lower than "fog" in the same size. A formula counts by its whole height, so that small parts in a tall one are not
 * seen. An upright box around four letters or more is a text turned by 90 degrees.
 */
export function textPx(object: Placed, sample: Sample): number {
  const text = object.text ?? '';
  const turned = heightOf(object.box) > 1.5 * widthOf(object.box) && text.length >= 4 && !text.includes('\n');
  const height = turned ? widthOf(object.box) : heightOf(object.box);
  const pixels = (height * 480) / heightOf(sample.frame);
  return (pixels * (em.ascender + em.descender)) / inkEms(object.class, text);
}

function inkEms(className: string, text: string): number {
  const isTex = /Tex/.test(className);
  const plain = isTex ? text.replace(lowGreek, 'a') : text;
  if (isTex && /[\\^_{]/.test(plain)) return em.ascender + em.descender;
  const lines = plain.split('\n').filter((line) => line.trim() !== '');
  const top = /^[acegm-su-xyz.,+\-=~\s·]*$/.test(lines[0] ?? plain) ? em.x : em.ascender;
  const hangs = /[gjpqyQ,;()[\]{}/|_$@]|[^\p{ASCII}]/u.test(lines.at(-1) ?? plain);
  return top + (hangs ? em.descender : 0) + Math.max(0, lines.length - 1) * em.pitch;
}

/** Greek letters without ascender, as TeX writes them. */
const lowGreek = /\\(alpha|epsilon|varepsilon|iota|kappa|nu|omega|pi|sigma|tau|upsilon)(?![a-zA-Z])/g;

/** Signs that are no letters or digits have no height of their own to be read by: dashes, dots, arrows. */
const isReadable = ({ kind, object }: Visible) => kind === 'text' && /[\p{L}\p{N}]/u.test(object.text ?? '');

/** The smallest text that can be seen, with its height in pixels at 480p; `null` where there is none. */
export function smallestText(sample: Sample): { entry: Visible; px: number } | null {
  const texts = visibleOf(sample)
    .filter(isReadable)
    .map((entry) => ({ entry, px: textPx(entry.object, sample) }));
  return texts.reduce<{ entry: Visible; px: number } | null>(
    (least, text) => (least === null || text.px < least.px ? text : least),
    null,
  );
}
