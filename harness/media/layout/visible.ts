import type { Geometry } from '../../render/geometry.ts';
import { nearlyEqual, unionOf } from './box.ts';

export type Sample = Geometry['samples'][number];
export type Placed = Sample['objects'][number];

/** Less opaque than this is not to be seen. */
export const visibleOpacity = 0.05;

/**
 * How far a box tells where the ink is. `text`: a text or formula; `solid`: a figure that fills its box (rectangles,
 * circles, dots, pictures); `loose`: one that leaves much of it free (groups, polygons); `open`: lines, curves, axes and
 * whatever is unknown, of which the box says next to nothing.
 */
export type Kind = 'text' | 'solid' | 'loose' | 'open';

/** The title and the lecture lines of a teaching scene; everything else is on the stage. */
export type Place = 'title' | 'lecture' | 'stage';

export interface Visible {
  /** Place in the sample's list: unique in the sample, which ids need not be. */
  index: number;
  object: Placed;
  kind: Kind;
  place: Place;
  /** `index` of the object at the top that it is part of; `null`: it is at the top itself. */
  parent: number | null;
}

const solid =
  /^(Rectangle|RoundedRectangle|SurroundingRectangle|BackgroundRectangle|ScreenRectangle|Square|Circle|Ellipse|Dot|LabeledDot|AnnotationDot|ImageMobject|SVGMobject)$/;
const loose =
  /^(Group|VGroup|VDict|Polygon|Polygram|RegularPolygon|Triangle|Star|BarChart|Table|MathTable|MobjectTable|IntegerTable|DecimalTable|Matrix|IntegerMatrix|DecimalMatrix|Code)$/;

function kindOf(object: Placed): Kind {
  if (object.text !== undefined) return 'text';
  if (solid.test(object.class)) return 'solid';
  return loose.test(object.class) ? 'loose' : 'open';
}

/** A scene's own variable called `title` is something else: it stands on the stage. */
function placeOf(name: string): Place {
  if (name === 'self.title') return 'title';
  return /^self\.lecture(\[|$)/.test(name) ? 'lecture' : 'stage';
}

/**
 * What a sample shows, in its order (later is in front): without what cannot be seen, and without groups that hold nothing
 * but texts, which are listed themselves.
 */
export function visibleOf(sample: Sample): Visible[] {
  const found: Visible[] = [];
  const tops = new Map<number, Visible>();
  sample.objects.forEach((object, index) => {
    // A part follows its group, so the last object with that id is the one meant.
    const parent = object.parent === undefined ? undefined : tops.get(object.parent);
    const named = placeOf(object.name);
    const place = named === 'stage' && parent !== undefined ? parent.place : named;
    const visible = { index, object, kind: kindOf(object), place, parent: parent?.index ?? null };
    if (object.parent === undefined) tops.set(object.id, visible);
    if (object.opacity >= visibleOpacity) found.push(visible);
  });
  return found.filter((entry) => !holdsOnlyTexts(entry, found));
}

function holdsOnlyTexts({ kind, index, object }: Visible, all: readonly Visible[]): boolean {
  if (kind === 'text') return false;
  const texts = all.filter((other) => other.parent === index && other.kind === 'text');
  const around = unionOf(texts.map((text) => text.object.box));
  return around !== null && nearlyEqual(around, object.box, 0.05);
}

/** The samples at ends of animations, each with the seconds since the one before: how long its picture counts. */
export function endsOf(geometry: Geometry): { sample: Sample; seconds: number }[] {
  let before = 0;
  return geometry.samples
    .filter((sample) => sample.phase === 'end')
    .map((sample) => {
      const seconds = Math.max(0, sample.timeS - before);
      before = sample.timeS;
      return { sample, seconds };
    });
}
