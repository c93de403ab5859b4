import type { Geometry } from '../../render/geometry.ts';
import type { Box } from './box.ts';
import { lowestContrast } from './contrast.ts';
import { coveredLecture } from './covered.ts';
import { emptyRegion } from './empty.ts';
import { offFrame } from './off-frame.ts';
import { overlaps } from './overlaps.ts';
import { smallestText } from './text-size.ts';
import { endsOf, type Sample, visibleOf } from './visible.ts';

/** One number for each way in which a picture can go wrong, over the samples at ends of animations. */
export interface LayoutMeasure {
  samples: number;
  durationS: number;
  /** Summed shares of overlapping pairs with a text, averaged over time: 1 is one text hidden all the time. */
  textOverlap: number;
  /** The same of pairs of figures. */
  figureOverlap: number;
  /** Summed shares outside the frame, averaged over time. */
  offFrame: number;
  /** Summed shares of lecture lines and title covered, averaged over time. */
  coveredLecture: number;
  /** The smallest text of all, in pixels at 480p; `null` without text. */
  smallestTextPx: number | null;
  /** WCAG ratio of the faintest text; `null` where no colour is known. */
  lowestContrast: number | null;
  /** Largest empty rectangle of the area, as a share of it, at the moment when it is smallest; 1 for a bare stage. */
  emptyShare: number;
  /** What is said on the stage, in the order of appearance, numbers left out (a counter's depend on the moment). */
  texts: readonly string[];
}

export interface LayoutOptions {
  /** Where things should be, in units: what `emptyShare` looks at. The right half of the frame by default. */
  area?: Box;
  /** Colour of the ground. */
  ground?: string;
}

/** Stage of a teaching scene in Manim units. */
export const stageArea: Box = [0, -3.3, 6, 2.7];

const sum = (entries: readonly { share: number }[]) => entries.reduce((total, { share }) => total + share, 0);
const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Measures a render by its geometry. Pure: the same geometry gives the same numbers. */
export function measureLayout(geometry: Geometry, options: LayoutOptions = {}): LayoutMeasure {
  const ends = endsOf(geometry);
  const total = ends.reduce((seconds, end) => seconds + end.seconds, 0);
  const average = (of: (sample: Sample) => number) =>
    rounded(total > 0 ? ends.reduce((all, { sample, seconds }) => all + of(sample) * seconds, 0) / total : 0);
  const least = (of: (sample: Sample) => number | undefined) => {
    const values = ends.map(({ sample }) => of(sample)).filter((value) => value !== undefined);
    return values.length === 0 ? null : rounded(Math.min(...values));
  };
  const area = options.area ?? stageArea;
  return {
    samples: ends.length,
    durationS: rounded(total),
    textOverlap: average((sample) => sum(overlaps(sample).filter(({ text }) => text))),
    figureOverlap: average((sample) => sum(overlaps(sample).filter(({ text }) => !text))),
    offFrame: average((sample) => sum(offFrame(sample))),
    coveredLecture: average((sample) => sum(coveredLecture(sample))),
    smallestTextPx: least((sample) => smallestText(sample)?.px),
    lowestContrast: least((sample) => lowestContrast(sample, options.ground)?.ratio),
    emptyShare: least((sample) => emptyRegion(sample, area)?.share ?? 0) ?? 1,
    texts: textsOf(ends.map(({ sample }) => sample)),
  };
}

function textsOf(samples: readonly Sample[]): string[] {
  const said = samples.flatMap((sample) =>
    visibleOf(sample).flatMap(({ place, object }) => (place === 'stage' ? [object.text ?? ''] : [])),
  );
  return [...new Set(said)].filter((text) => /\p{L}/u.test(text));
}
