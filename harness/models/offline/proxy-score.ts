import type { PictureLook } from '../../media/colours.ts';
import type { Screen, ScreenWord } from '../../media/screens.ts';

/** A picture as the proxy measured it. */
export interface MeasuredPicture {
  timeS: number;
  look: PictureLook;
  words: Screen['words'];
}

export interface ProxyVerdict {
  /** 0 to 20. */
  score: number;
  reason: string;
  timeS: number;
}

const most = 20;
/** Height of a word at which it can be read without effort, and from which its size takes nothing away; pixels at 480p. */
const readablePx = 14;
/** OCR reads clean text with more certainty than this. */
const clean = 0.9;
/** A lesson does with so many colours. */
const fewHues = 5;

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
const percent = (share: number) => `${Math.round(100 * share)} %`;

/**
 * Element layout: 20 x size x clarity x inside, averaged over pictures with something on them; 0 without any. Size: mean of
 * height / 14 px over words, at most 1. Clarity: share of words that OCR reads with certainty, for what lies on another thing is not. Inside:
 * 1 less five times the share of the frame's edge that something runs over. Without words size and clarity are 1.
 */
export function layoutVerdict(pictures: readonly MeasuredPicture[]): ProxyVerdict {
  const drawn = pictures.filter(({ look }) => look.ink > 0.001);
  const scored = drawn.map(({ timeS, look, words }) => {
    const size = words.length === 0 ? 1 : mean(words.map(sizeOf));
    const clarity =
      words.length === 0 ? 1 : words.filter(({ confidence }) => confidence >= clean).length / words.length;
    const inside = Math.max(0, 1 - 5 * look.edgeInk);
    return { timeS, size, clarity, inside, score: most * size * clarity * inside };
  });
  const worst = scored.toSorted((a, b) => a.score - b.score)[0];
  if (worst === undefined) return { score: 0, reason: 'there is nothing on the pictures', timeS: 0 };
  return {
    score: rounded(mean(scored.map(({ score }) => score))),
    reason: `at its worst: size ${percent(worst.size)}, clarity ${percent(worst.clarity)}, inside the frame ${percent(worst.inside)}`,
    timeS: worst.timeS,
  };
}

const sizeOf = ({ height }: ScreenWord) => Math.min(1, (height * 480) / readablePx);

/**
 * Visual consistency: 20 x steadiness x palette x sizes; 0 without anything drawn. Steadiness: 1 less four times the mean change of the
 * ground's brightness from picture to picture. Palette: 5 over the number of hues (of twelve) that the pictures use, at most 1. Sizes: 1 less
 * what the heights of words vary by more than half of their mean, at least 0.5.
 */
export function consistencyVerdict(pictures: readonly MeasuredPicture[]): ProxyVerdict {
  if (pictures.every(({ look }) => look.ink <= 0.001))
    return { score: 0, reason: 'there is nothing on the pictures', timeS: 0 };
  const steps = pictures.slice(1).map(({ look, timeS }, i) => ({
    timeS,
    change: Math.abs(look.ground - (pictures[i]?.look.ground ?? look.ground)),
  }));
  const steady = Math.max(0, 1 - 4 * mean(steps.map(({ change }) => change)));
  const hues = new Set(pictures.flatMap(({ look }) => look.hues)).size;
  const palette = Math.min(1, fewHues / Math.max(1, hues));
  const heights = pictures.flatMap(({ words }) => words.map(({ height }) => height));
  const average = mean(heights);
  const spread = average === 0 ? 0 : Math.sqrt(mean(heights.map((h) => (h - average) ** 2))) / average;
  const sizes = Math.max(0.5, 1 - Math.max(0, spread - 0.5));
  const worst = steps.toSorted((a, b) => b.change - a.change)[0];
  return {
    score: rounded(most * steady * palette * sizes),
    reason: `ground steady ${percent(steady)}, ${hues} hues, sizes of texts ${percent(sizes)}`,
    timeS: worst?.timeS ?? 0,
  };
}

const rounded = (value: number) => Math.round(value * 100) / 100;
