/**
 * Equal bins; a value on an edge is in the bin above it, on the last edge in the last bin. Chosen bins follow Freedman
 * and Diaconis (1981), width 2 IQR / n^(1/3), rounded up to 1, 2 or 5 times a power of ten; about 40 at most.
 */
export interface Bins {
  start: number;
  width: number;
  count: number;
}

/** Chooses bins for values of one or several series together. */
export function chooseBins(values: readonly number[]): Bins {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const [low, high] = [at(0), at(1)];
  const advised = (2 * (at(0.75) - at(0.25))) / Math.cbrt(Math.max(1, sorted.length));
  const least = sorted.every(Number.isInteger) ? 1 : 0;
  const width = roundUp(Math.max(advised, (high - low) / 40, least) || 1);
  const start = Math.floor(low / width) * width;
  return { start, width, count: Math.floor((high - start) / width) + 1 };
}

/** The next of 1, 2, 5, 10, 20, 50, … that is not smaller. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}

/** How many values fall into each bin. */
export function countInto(bins: Bins, values: readonly number[]): number[] {
  const counts = Array.from({ length: bins.count }, () => 0);
  for (const value of values) {
    const bin = Math.min(bins.count - 1, Math.max(0, Math.floor((value - bins.start) / bins.width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** `20–24` where all values are whole numbers, `20–25` (25 itself is in the next bin) where they are not. */
export function binLabels({ start, width, count }: Bins, whole = true): string[] {
  const clean = (n: number) => Number(n.toPrecision(12));
  return Array.from({ length: count }, (_, i) => {
    const from = clean(start + i * width);
    const to = clean(start + (i + 1) * width);
    if (whole && Number.isInteger(width) && Number.isInteger(start))
      return width === 1 ? `${from}` : `${from}–${to - 1}`;
    return `${from}–${to}`;
  });
}
