import { areaOf, nearlyEqual, sharedArea, shareInside } from './box.ts';
import { type Kind, type Sample, type Visible, visibleOf } from './visible.ts';

export interface Overlap {
  /** The one in front is `second`. */
  first: Visible;
  second: Visible;
  /** A text takes part: something cannot be read. Two figures may overlap on purpose. */
  text: boolean;
  /** Common area over the smaller one's, 0-1. */
  share: number;
}

/** From which share of the smaller box a pair counts. */
export const overlapShares = { texts: 0.05, textOnSolid: 0.1, textOnLoose: 0.25, figures: 0.3 } as const;
/** A text of which this much lies in a figure's box is its label; a figure inside a figure is its part. */
const containedShare = 0.9;

function threshold(a: Kind, b: Kind): number | null {
  if (a === 'open' || b === 'open') return null;
  if (a === 'text' && b === 'text') return overlapShares.texts;
  if (a === 'text' || b === 'text') {
    return a === 'loose' || b === 'loose' ? overlapShares.textOnLoose : overlapShares.textOnSolid;
  }
  return a === 'solid' && b === 'solid' ? overlapShares.figures : null;
}

/**
 * Pairs of visible objects on the stage whose boxes overlap by more than `overlapShares`. Left out: an object and its
 * part; a text inside a figure (a label); a figure inside a figure; copies of one another in one place; lines and curves,
 * whose boxes say nothing. Figures are compared only where both fill their boxes.
 */
export function overlaps(sample: Sample): Overlap[] {
  const stage = visibleOf(sample).filter(({ place }) => place === 'stage');
  return stage.flatMap((first, i) =>
    stage.slice(i + 1).flatMap((second) => {
      const share = overlapOf(first, second);
      return share === null
        ? []
        : [{ first, second, text: first.kind === 'text' || second.kind === 'text', share }];
    }),
  );
}

function overlapOf(a: Visible, b: Visible): number | null {
  const least = threshold(a.kind, b.kind);
  if (least === null || a.parent === b.index || b.parent === a.index || isDeliberate(a, b)) return null;
  const smaller = Math.min(areaOf(a.object.box), areaOf(b.object.box));
  const share = smaller > 0 ? sharedArea(a.object.box, b.object.box) / smaller : 0;
  return share >= least ? share : null;
}

function isDeliberate(a: Visible, b: Visible): boolean {
  const [boxA, boxB] = [a.object.box, b.object.box];
  if (a.kind === 'text' && b.kind === 'text')
    return a.object.text === b.object.text && nearlyEqual(boxA, boxB, 0.05);
  if (a.kind === 'text') return shareInside(boxA, boxB) >= containedShare;
  if (b.kind === 'text') return shareInside(boxB, boxA) >= containedShare;
  return Math.max(shareInside(boxA, boxB), shareInside(boxB, boxA)) >= containedShare;
}
