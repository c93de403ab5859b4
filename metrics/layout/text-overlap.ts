import { blocksOf, worstOf } from '../../harness/media/layout/blocks.ts';
import { areaOf } from '../../harness/media/layout/box.ts';
import { type Overlap, overlaps } from '../../harness/media/layout/overlaps.ts';
import { endsOf, type Sample, type Visible, visibleOf } from '../../harness/media/layout/visible.ts';
import type { GeometryPart } from '../../harness/media/video-part.ts';

export interface TextOverlap {
  /** Shares of the smaller one's box in pairs of texts, as `worstOf` sums them. */
  textOnText: number;
  /** The same of pairs of a text and a figure. */
  textOnFigure: number;
  /** Share of the area of all texts on the stage that other things overlap, at the worst end of an animation, 0-1. */
  worst: number;
}

const isText = ({ kind }: Visible) => kind === 'text';

/** How far texts lie over one another and over figures; which pairs count is told in harness/media/layout/overlaps.ts. */
export function measureOverlap(geometry: GeometryPart['geometry']): TextOverlap {
  const samples = endsOf(geometry).map(({ sample }) => sample);
  const blocks = blocksOf(samples);
  const worst = (counts: (pair: Overlap) => boolean) =>
    worstOf(blocks, (sample) =>
      overlaps(sample).flatMap((pair) => (counts(pair) ? [{ about: namesOf(pair), share: pair.share }] : [])),
    );
  return {
    textOnText: worst(({ first, second }) => isText(first) && isText(second)),
    textOnFigure: worst(({ first, second, text }) => text && isText(first) !== isText(second)),
    worst: Math.max(0, ...samples.map(overlappedShare)),
  };
}

/** What is in front may change from moment to moment, so the names have an order of their own. */
const namesOf = ({ first, second }: Overlap) => [first.object.name, second.object.name].toSorted().join(' ');

function overlappedShare(sample: Sample): number {
  const texts = visibleOf(sample).filter((one) => isText(one) && one.place === 'stage');
  const total = texts.reduce((sum, { object }) => sum + areaOf(object.box), 0);
  const pairs = overlaps(sample);
  const hidden = texts.reduce((sum, text) => sum + areaOf(text.object.box) * hiddenShare(text, pairs), 0);
  return total > 0 ? hidden / total : 0;
}

/** Of a text's box; several things over it count together, as if none lay over another, up to the whole. */
function hiddenShare(text: Visible, pairs: readonly Overlap[]): number {
  const area = areaOf(text.object.box);
  const own = pairs.filter(({ first, second }) => first.index === text.index || second.index === text.index);
  const shared = own.reduce((sum, { first, second, share }) => {
    const smaller = Math.min(areaOf(first.object.box), areaOf(second.object.box));
    return sum + share * smaller;
  }, 0);
  return area > 0 ? Math.min(1, shared / area) : 0;
}
