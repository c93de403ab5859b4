import { frameSlackS } from '../../harness/media/frames.ts';
import { heightOf, sharedArea, shareInside, widthOf } from '../../harness/media/layout/box.ts';
import { contrastRatio, ground } from '../../harness/media/layout/contrast.ts';
import { overlaps } from '../../harness/media/layout/overlaps.ts';
import { textPx } from '../../harness/media/layout/text-size.ts';
import { type Sample, type Visible, visibleOf } from '../../harness/media/layout/visible.ts';
import type { Screen } from '../../harness/media/screens.ts';
import type { GeometryPart } from '../../harness/media/video-part.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

export interface Legibility {
  /** Share of the words of the texts that OCR read on some frame on which they stood; `null` where no frame shows any. */
  legible: number | null;
  /** Share of the texts which must be found and never were; `null` where there is none such. */
  contradicted: number | null;
  /** Those texts. */
  missing: string[];
}

/** Formulas, single signs, text on its side and scripts other than Latin are beyond the OCR. */
const isProse = ({ object: { class: kind, text = '', box } }: Visible) =>
  /^(Text|MarkupText|Paragraph)$/.test(kind) &&
  wordsIn(text).length > 0 &&
  !/(?!\p{Script=Latin})\p{L}/u.test(text) &&
  widthOf(box) > heightOf(box) / 2;

/** What must be found: so large, so bright, of such contrast, of so many words, under nothing. */
const must = { px: 16, opacity: 0.8, contrast: 4.5, words: 2 };
/** At most so many of its words were read, on any frame: then it was never there. */
const mostFound = 0.2;

/**
 * Compares what the geometry says is shown with what OCR reads on the frames of that moment. Texts count where they stand still
 * around the frame's time. Words are the same when letters and digits are, one of five or more excepted.
 */
export function measureLegibility(parts: readonly GeometryPart[], screens: readonly Screen[]): Legibility {
  const best = new Map<string, number>();
  const required = new Set<string>();
  const stretches = parts.flatMap(stretchesOf);
  const slackS = frameSlackS(stretches.at(-1)?.toS ?? 0);
  for (const screen of screens) {
    const sample = settledAt(stretches, screen.timeS, slackS);
    if (sample === null) continue;
    const read = screen.words.flatMap(({ text }) => wordsIn(text));
    for (const entry of visibleOf(sample).filter(isProse)) {
      const text = entry.object.text ?? '';
      if (entry.object.opacity < must.opacity / 2) continue;
      best.set(text, Math.max(foundShare(text, read), best.get(text) ?? 0));
      if (mustBeFound(entry, sample)) required.add(text);
    }
  }
  const missing = [...required].filter((text) => (best.get(text) ?? 0) <= mostFound);
  const words = [...best].map(([text, share]) => ({ count: wordsIn(text).length, share }));
  const total = words.reduce((sum, { count }) => sum + count, 0);
  return {
    legible: total === 0 ? null : words.reduce((sum, { count, share }) => sum + count * share, 0) / total,
    contradicted: required.size === 0 ? null : missing.length / required.size,
    missing,
  };
}

/** Nobody could fail to see it, if it were there. */
function mustBeFound(entry: Visible, sample: Sample): boolean {
  const { object, index } = entry;
  const overlapped = overlaps(sample).some(({ first, second }) =>
    [first.index, second.index].includes(index),
  );
  // What comes later is in front, and a text inside a figure is no overlap.
  const hidden = visibleOf(sample).some(
    (other) => other.index > index && other.kind !== 'open' && sharedArea(other.object.box, object.box) > 0,
  );
  const contrast = object.color === undefined ? null : contrastRatio(object.color, ground);
  return (
    !overlapped &&
    !hidden &&
    textPx(object, sample) >= must.px &&
    object.opacity >= must.opacity &&
    (contrast === null || contrast >= must.contrast) &&
    wordsIn(object.text ?? '').length >= must.words &&
    shareInside(object.box, sample.frame) >= 0.98
  );
}

/** What stands at a moment of the whole video, where nothing moves around it; `null` while something does. */
function settledAt(stretches: readonly Stretch[], timeS: number, slackS: number): Sample | null {
  const around = stretches.find(({ fromS, toS }) => fromS + slackS <= timeS && timeS <= toS - slackS);
  return around?.still ?? null;
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function foundShare(text: string, read: readonly string[]): number {
  const words = wordsIn(text);
  const found = words.filter((word) => read.some((other) => isSame(word, other)));
  return found.length / words.length;
}

/** Equal but for one letter, where there are five or more. */
function isSame(word: string, read: string): boolean {
  if (word === read) return true;
  if (word.length < 5 || Math.abs(word.length - read.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === read[start]) start++;
  const tail = (text: string, skip: number) => text.slice(start + skip);
  return (
    tail(word, 1) === tail(read, 1) || tail(word, 1) === tail(read, 0) || tail(word, 0) === tail(read, 1)
  );
}
