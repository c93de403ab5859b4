import type { Look } from '../../harness/media/frames.ts';
import { readConfidence, type Screen } from '../../harness/media/screens.ts';
import { mean } from '../means.ts';
import type { PictureFact } from './facts.ts';

const isRead = ({ confidence }: Screen['words'][number]) => confidence >= readConfidence;

/** Height of the frame in the pixels that sizes are told in. */
export const lines = 480;
/** Words that OCR is less sure of may be drawings; they count as read, but nothing is measured by them. */
const sure = 0.8;

/** What the pixels of a video show; `null` where there is no text to measure. */
export function measurePictures(look: Look, screens: readonly Screen[]): Record<PictureFact, number | null> {
  const words = screens.flatMap(({ words: all }) => all.filter(isRead));
  const clear = words.filter(({ confidence }) => confidence >= sure);
  const letters = ({ words: own }: Screen) =>
    own.filter(isRead).reduce((sum, { text }) => sum + text.replace(/[^\p{L}\p{N}]/gu, '').length, 0);
  return {
    characters: mean(screens.map(letters)),
    textHeight: quantile(
      clear.map(({ height }) => height * lines),
      0.05,
    ),
    contrast: quantile(
      clear.map(({ contrast }) => contrast),
      0.5,
    ),
    confidence: mean(words.map(({ confidence }) => confidence)),
    frozen: look.film.frozenShare,
    longestHold: look.film.longestHoldS,
    black: look.film.blackShare,
    flicker: look.film.flickerHz,
    sceneChanges: look.film.sceneChangesPerMinute,
  };
}

/** The value below which a share of the values lies, the lower of two; `null` of nothing. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? null;
}
