import type { Geometry } from '../../render/geometry.ts';
import { blocksOf, type Fault, worstOf } from './blocks.ts';
import type { Box } from './box.ts';
import { lowestContrast } from './contrast.ts';
import { coveredLecture } from './covered.ts';
import { emptyRegion } from './empty.ts';
import { offFrame } from './off-frame.ts';
import { overlaps } from './overlaps.ts';
import { fewestRows, textsOf } from './shown.ts';
import { smallestText } from './text-size.ts';
import { endsOf, type Sample, type Visible } from './visible.ts';

/** One number for each way in which a picture can go wrong, over the samples at ends of animations. */
export interface LayoutMeasure {
  samples: number;
  durationS: number;
  /** Shares of overlapping pairs with a text, as `worstOf` sums them: 1 is one text hidden in each block. */
  textOverlap: number;
  /** The same of pairs of figures. */
  figureOverlap: number;
  /** The same of what lies outside the frame. */
  offFrame: number;
  /** The same of lecture lines and title covered. */
  coveredLecture: number;
  /** The smallest text of all, in pixels at 480p; `null` without text. */
  smallestTextPx: number | null;
  /** WCAG ratio of the faintest text; `null` where no colour is known. */
  lowestContrast: number | null;
  /** Largest empty rectangle of the area, as a share of it, at the moment when it is smallest; 1 for a bare stage. */
  emptyShare: number;
  /** Different figures that can be seen in the whole film; `null` where the geometry does not tell. */
  figures: number | null;
  /** Rows of title and lecture lines at the moment when they are fewest. */
  lectureRows: number;
  /** What title and lecture lines say. */
  lecture: readonly string[];
  /** What is said on the stage, in the order of appearance: see `textsOf`. */
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

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Measures a render by its geometry. Pure: the same geometry gives the same numbers. */
export function measureLayout(geometry: Geometry, options: LayoutOptions = {}): LayoutMeasure {
  const ends = endsOf(geometry);
  const samples = ends.map(({ sample }) => sample);
  const blocks = blocksOf(samples);
  const least = (of: (sample: Sample) => number | undefined) => {
    const values = samples.map(of).filter((value) => value !== undefined);
    return values.length === 0 ? null : rounded(Math.min(...values));
  };
  const pairs = (sample: Sample, isText: boolean) =>
    overlaps(sample).flatMap(({ first, second, text, share }) =>
      text === isText ? [{ about: namesOf(first, second), share }] : [],
    );
  const area = options.area ?? stageArea;
  const worst = (faultsOf: (sample: Sample) => Fault[]) => rounded(worstOf(blocks, faultsOf));
  return {
    samples: samples.length,
    durationS: rounded(ends.reduce((seconds, end) => seconds + end.seconds, 0)),
    textOverlap: worst((sample) => pairs(sample, true)),
    figureOverlap: worst((sample) => pairs(sample, false)),
    offFrame: worst((sample) =>
      offFrame(sample).map(({ entry, share }) => ({ about: namesOf(entry), share })),
    ),
    coveredLecture: worst((sample) =>
      coveredLecture(sample).map(({ line, by, share }) => ({ about: namesOf(line, by), share })),
    ),
    smallestTextPx: least((sample) => smallestText(sample)?.px),
    lowestContrast: least((sample) => lowestContrast(sample, options.ground)?.ratio),
    emptyShare: least((sample) => emptyRegion(sample, area)?.share ?? 0) ?? 1,
    figures: figuresOf(samples),
    lectureRows: fewestRows(samples),
    lecture: textsOf(samples, 'beside it'),
    texts: textsOf(samples, 'stage'),
  };
}

/** What is in front may change from moment to moment, so the names have an order of their own. */
const namesOf = (...entries: Visible[]) =>
  entries
    .map(({ object }) => object.name)
    .toSorted()
    .join(' ');

/** The count grows along the film. */
function figuresOf(samples: readonly Sample[]): number | null {
  const counts = samples.flatMap(({ figures }) => figures ?? []);
  return counts.length === 0 ? null : Math.max(...counts);
}
