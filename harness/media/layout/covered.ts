import { shareInside } from './box.ts';
import { type Sample, type Visible, visibleOf } from './visible.ts';

/** Less than this of a line is a touch. */
export const coveredShare = 0.02;

export interface Cover {
  /** The lecture line (one row of it) or the title. */
  line: Visible;
  /** What lies over it. */
  by: Visible;
  /** Part of the line's box that is covered, 0-1. */
  share: number;
}

/** Stage objects whose box lies over a lecture line or the title, lines and curves excepted. */
export function coveredLecture(sample: Sample): Cover[] {
  const visible = visibleOf(sample);
  const lines = visible.filter(({ place, kind }) => place !== 'stage' && kind === 'text');
  const covers = visible.filter(({ place, kind }) => place === 'stage' && kind !== 'open');
  return lines.flatMap((line) =>
    covers.flatMap((by) => {
      const share = shareInside(line.object.box, by.object.box);
      // A frame around a line is a highlight of it.
      const isFrame = by.object.class === 'SurroundingRectangle';
      return share >= coveredShare && !isFrame ? [{ line, by, share }] : [];
    }),
  );
}
