/**
 * Which moments of a video show everything that stood still long enough to be read.
 *
 * The picture is cut into blocks. Each span of time in which a block with something in it does not change is one
 * *fact*; a moment shows the facts whose span it lies in. Moments are chosen greedily to show all facts (a set
 * cover), ends of spans first, since lines of a lesson appear one after another and then rest together.
 */

/** Small gray pictures at a fixed rate, one after another. */
export interface GrayFilm {
  pixels: Uint8Array;
  width: number;
  height: number;
  /** Pictures per second. */
  rate: number;
}

/** A block's still span: first and last picture, both included. */
interface Span {
  first: number;
  last: number;
}

const blockSide = 10;
/** Gray levels of 255: coding noise stays below the first, anything drawn is above the second. */
const noise = 14;
const contrast = 32;
const minStillS = 0.8;

export function pictureCount(film: GrayFilm): number {
  return Math.floor(film.pixels.length / (film.width * film.height));
}

/** The pixels of one block in one picture, by offsets into the film. */
function blockOffsets(film: GrayFilm, column: number, row: number): number[] {
  const offsets: number[] = [];
  const [right, bottom] = [
    Math.min((column + 1) * blockSide, film.width),
    Math.min((row + 1) * blockSide, film.height),
  ];
  for (let y = row * blockSide; y < bottom; y++) {
    for (let x = column * blockSide; x < right; x++) offsets.push(y * film.width + x);
  }
  return offsets;
}

function changed(film: GrayFilm, offsets: readonly number[], a: number, b: number): boolean {
  const size = film.width * film.height;
  for (const offset of offsets) {
    const difference = (film.pixels[a * size + offset] ?? 0) - (film.pixels[b * size + offset] ?? 0);
    if (difference > noise || difference < -noise) return true;
  }
  return false;
}

function isBlank(film: GrayFilm, offsets: readonly number[], picture: number): boolean {
  const start = picture * film.width * film.height;
  let [low, high] = [255, 0];
  for (const offset of offsets) {
    const value = film.pixels[start + offset] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low < contrast;
}

/** Still spans of one block. Compared with the span's first picture, so that slow drift ends a span too. */
function spansOf(film: GrayFilm, offsets: readonly number[], total: number): Span[] {
  const spans: Span[] = [];
  const minPictures = Math.max(1, Math.round(minStillS * film.rate));
  let first = 0;
  for (let picture = 1; picture <= total; picture++) {
    if (picture < total && !changed(film, offsets, first, picture)) continue;
    const long = picture - first >= minPictures;
    if (long && !isBlank(film, offsets, first)) spans.push({ first, last: picture - 1 });
    first = picture;
  }
  return spans;
}

/** All facts of a film, block by block. */
export function stillSpans(film: GrayFilm): Span[] {
  const total = pictureCount(film);
  const spans: Span[] = [];
  for (let row = 0; row * blockSide < film.height; row++) {
    for (let column = 0; column * blockSide < film.width; column++) {
      spans.push(...spansOf(film, blockOffsets(film, column, row), total));
    }
  }
  return spans;
}

/** How many of the spans each picture up to `last` lies in. */
function shownAt(spans: readonly Span[], last: number): Int32Array {
  const counts = new Int32Array(last + 2);
  for (const span of spans) {
    counts[span.first] = (counts[span.first] ?? 0) + 1;
    counts[span.last + 1] = (counts[span.last + 1] ?? 0) - 1;
  }
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0);
  return counts;
}

/** At most `max` moments (picture numbers, ascending) that show as many facts as can be shown. */
export function coverFacts(spans: readonly Span[], max: number): number[] {
  const moments = [...new Set(spans.map((span) => span.last))].sort((a, b) => a - b);
  const last = moments.at(-1) ?? 0;
  const whole = shownAt(spans, last);
  const chosen: number[] = [];
  let missing = spans;
  while (chosen.length < max && missing.length > 0) {
    const gain = shownAt(missing, last);
    // Most facts still to be shown; of equals the moment that shows most in all, then the latest.
    const value = (at: number) => (gain[at] ?? 0) * (spans.length + 1) + (whole[at] ?? 0);
    const at = moments.reduce((best, moment) => (value(moment) >= value(best) ? moment : best));
    chosen.push(at);
    missing = missing.filter((span) => at < span.first || span.last < at);
  }
  return chosen.sort((a, b) => a - b);
}

/** Share of pixels that differ between two pictures. */
export function difference(film: GrayFilm, a: number, b: number): number {
  const size = film.width * film.height;
  let different = 0;
  for (let i = 0; i < size; i++) {
    const delta = (film.pixels[a * size + i] ?? 0) - (film.pixels[b * size + i] ?? 0);
    if (delta > noise || delta < -noise) different++;
  }
  return different / size;
}

function isEmpty(film: GrayFilm, picture: number): boolean {
  const size = film.width * film.height;
  const pixels = film.pixels.subarray(picture * size, (picture + 1) * size);
  const [low, high] = pixels.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [255, 0]);
  return high - low < contrast;
}

/** Adds pictures of motion where nothing was chosen for long, unless empty or like one that was chosen. */
export function fillGaps(film: GrayFilm, chosen: readonly number[], max: number): number[] {
  const total = pictureCount(film);
  const filled = chosen.length > 0 || total === 0 ? [...chosen] : [total - 1];
  const step = Math.max(1, Math.ceil(Math.max(4 * film.rate, total / max / 2)));
  for (let at = step; at < total && filled.length < max; at += step) {
    const far = filled.every((other) => Math.abs(other - at) >= step);
    if (!far || isEmpty(film, at)) continue;
    if (filled.every((other) => difference(film, other, at) > 0.005)) filled.push(at);
  }
  return filled.sort((a, b) => a - b);
}
