import { includes, isCommon, positions, type Token, tokenize } from './words.ts';

/*
 * How well an option and the stem meet in what was read. The thresholds, here and in reader-match.ts, were fixed on the
 * topics of reader-topics.fixture.ts, not on any quiz that the reader answers.
 */

/** Share of the weight of the stem's words that must stand near the option. */
export const leastSupport = 0.45;
/** Words of the stem that must stand near the option, where the stem has as many. */
export const leastStemWords = 2;
/** Share of the weight of the option's own words that must be there; its numbers must all be. */
export const leastCoverage = 0.7;
/** A sentence found across two neighbouring lines counts this much of one that stands in one line. */
export const pairShare = 0.75;
/** Words of the stem this far from the option, in words, count in full; beyond it they count ever less. */
export const nearWords = 8;

/** A line that was read, or two neighbouring lines of a frame, where a sentence may be wrapped. */
export interface ReadWindow {
  text: string;
  tokens: readonly Token[];
  pair: boolean;
}

export type Weigh = (token: Token) => number;

/** Each line that was read, once, and then each pair of neighbouring lines of a frame, once. */
export function readWindows(frames: readonly string[]): ReadWindow[] {
  const lines = new Set<string>();
  const pairs = new Set<string>();
  for (const frame of frames) {
    const read = frame.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
    const full = read.filter((line) => line !== '');
    for (const line of full) lines.add(line);
    for (const [index, line] of full.slice(1).entries()) pairs.add(`${full[index]} / ${line}`);
  }
  const windows = (texts: Set<string>, pair: boolean) =>
    [...texts].map((text) => ({ text, tokens: tokenize(text), pair }));
  return [...windows(lines, false), ...windows(pairs, true)];
}

/** The weight of a word: the rarer it is in the lines that were read and in the options, the more it says. */
export function weigher(
  windows: readonly ReadWindow[],
  options: readonly { tokens: readonly Token[] }[],
): Weigh {
  const texts = [...windows.filter(({ pair }) => !pair), ...options];
  const known = new Map<string, number>();
  return (token) => {
    const before = known.get(token.text);
    if (before !== undefined) return before;
    const holding = texts.filter(({ tokens }) => includes(tokens, token)).length;
    const weight = isCommon(token) ? 0.1 : Math.log(1 + (texts.length + 1) / (holding + 1));
    known.set(token.text, weight);
    return weight;
  };
}

/** Coverage of the option times support by the stem, in 0 to 1; 0 where either is too weak. */
export function scoreIn(
  window: ReadWindow,
  own: readonly Token[],
  stem: readonly Token[],
  weigh: Weigh,
): number {
  const places = new Map(own.map((token) => [token, positions(window.tokens, token)]));
  const isThere = (token: Token) => (places.get(token) ?? []).length > 0;
  if (own.some((token) => token.number && !isThere(token))) return 0;
  const coverage = share(own, weigh, (token) => (isThere(token) ? 1 : 0));
  if (coverage < leastCoverage) return 0;
  const anchors = [...places.values()].flat();
  const near = stem.map((token) => nearness(positions(window.tokens, token), anchors));
  const matched = near.filter((value) => value > 0).length;
  const support = share(stem, weigh, (_, index) => near[index] ?? 0);
  if (matched < Math.min(leastStemWords, stem.length) || support < leastSupport) return 0;
  return coverage * support * (window.pair ? pairShare : 1);
}

/** 1 for a word within `nearWords` of the option, less beyond, 0 for a word that is not there. */
function nearness(places: readonly number[], anchors: readonly number[]): number {
  const distances = places.flatMap((at) => anchors.map((anchor) => Math.abs(at - anchor)));
  return distances.length === 0 ? 0 : Math.min(1, nearWords / Math.min(...distances));
}

/** The weighted mean of a value in 0 to 1 over tokens. */
function share(
  tokens: readonly Token[],
  weigh: Weigh,
  value: (token: Token, index: number) => number,
): number {
  const all = tokens.reduce((sum, token) => sum + weigh(token), 0);
  return tokens.reduce((sum, token, index) => sum + weigh(token) * value(token, index), 0) / all;
}
