import { shareInside } from './box.ts';
import { type Sample, type Visible, visibleOf } from './visible.ts';

/** Less than this outside is a stroke's width or rounding. */
export const offFrameShare = 0.02;

/** Visible objects that stick out of what the camera sees, with the share of their box outside, 0-1. */
export function offFrame(sample: Sample): { entry: Visible; share: number }[] {
  return visibleOf(sample).flatMap((entry) => {
    const share = 1 - shareInside(entry.object.box, sample.frame);
    return share >= offFrameShare && !isGround(entry, sample) ? [{ entry, share }] : [];
  });
}

/** What is larger than the frame in both directions is a background, and no part of it is missed. */
function isGround({ object, kind }: Visible, { frame }: Sample): boolean {
  return kind !== 'text' && shareInside(frame, object.box) >= 0.95;
}
