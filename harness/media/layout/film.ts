import { type GrayFilm, pictureCount } from '../stillness.ts';
import { countFlashes, type Light } from './flashes.ts';

/** What can be measured of any video by looking at it small and gray, a few times a second. */
export interface FilmMeasure {
  /** Seconds of film looked at. */
  durationS: number;
  /** Share of the time in which nothing changes. */
  frozenShare: number;
  /** Longest time in which nothing changes, seconds. */
  longestHoldS: number;
  /** Share of the pictures that are black. */
  blackShare: number;
  /** Share of the pictures on which nothing is drawn, black ones among them. */
  blankShare: number;
  /** Flashes a second: the picture as a whole gets brighter and darker again, or the other way round, in half a second. */
  flickerHz: number;
  /** Times a minute at which most of what is drawn is replaced from one look to the next. */
  sceneChangesPerMinute: number;
}

/** Gray levels of 255. Coding noise is below the first; anything drawn stands out by the second. */
const noise = 14;
const contrast = 32;
/** Of the whole picture: so much must differ for a change. */
const leastChange = 0.0005;
/** A black picture is nowhere brighter. */
const black = 24;
/** Of the drawn pixels of both pictures: so many are others after a scene change; and of the picture, so that a dot is no scene. */
const sceneShare = 0.8;
const leastScene = 0.01;

/**
 * Measures a film; all zeros for one without pictures. Pure. `light` is its brightness, looked at more often: what flashes
 * faster than the film's rate is not to be seen in the film.
 */
export function measureFilm(film: GrayFilm, light?: Light): FilmMeasure {
  const total = pictureCount(film);
  const looks = Array.from({ length: total }, (_, at) => lookAt(film, at));
  const flashes = countFlashes(light ?? { levels: looks.map(({ mean }) => mean), rate: film.rate });
  const steps = looks.slice(1).map((_, i) => stepBetween(film, i, looks));
  const seconds = total / film.rate;
  const per = (count: number, unit: number) => (seconds === 0 ? 0 : (count / seconds) * unit);
  const share = (count: number) => (total === 0 ? 0 : count / total);
  return {
    durationS: seconds,
    frozenShare: steps.length === 0 ? 0 : steps.filter(({ still }) => still).length / steps.length,
    longestHoldS: longestRun(steps.map(({ still }) => still)) / film.rate,
    blackShare: share(looks.filter(({ high }) => high < black).length),
    blankShare: share(looks.filter(({ low, high }) => high - low < contrast).length),
    flickerHz: per(flashes, 1),
    sceneChangesPerMinute: per(steps.filter(({ scene }) => scene).length, 60),
  };
}

interface Look {
  low: number;
  high: number;
  mean: number;
  /** The level that most pixels have: the ground. */
  ground: number;
}

function lookAt(film: GrayFilm, at: number): Look {
  const size = film.width * film.height;
  const pixels = film.pixels.subarray(at * size, (at + 1) * size);
  const counts = new Uint32Array(256);
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1;
  let sum = 0;
  for (let level = 0; level < 256; level++) sum += level * (counts[level] ?? 0);
  return {
    low: counts.findIndex((count) => count > 0),
    high: counts.findLastIndex((count) => count > 0),
    mean: sum / size,
    ground: counts.indexOf(Math.max(...counts)),
  };
}

/** What changes from a picture to the next. */
function stepBetween(film: GrayFilm, at: number, looks: readonly Look[]): { still: boolean; scene: boolean } {
  const size = film.width * film.height;
  const [before, after] = [looks[at]?.ground ?? 0, looks[at + 1]?.ground ?? 0];
  let [changed, drawn, replaced] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const a = film.pixels[at * size + i] ?? 0;
    const b = film.pixels[(at + 1) * size + i] ?? 0;
    const differs = Math.abs(a - b) > noise;
    if (differs) changed++;
    if (Math.abs(a - before) < contrast && Math.abs(b - after) < contrast) continue;
    drawn++;
    if (differs) replaced++;
  }
  // Another ground is another scene, whatever is drawn on it.
  const otherGround = Math.abs(before - after) > contrast;
  const scene = changed / size >= leastScene && (otherGround || replaced / Math.max(1, drawn) >= sceneShare);
  return { still: changed / size < leastChange, scene };
}

function longestRun(still: readonly boolean[]): number {
  let [longest, run] = [0, 0];
  for (const one of still) {
    run = one ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
