import { leastContrast } from './contrast.ts';
import type { LayoutMeasure } from './measure.ts';
import { lostText } from './shown.ts';
import { smallestTextPx } from './text-size.ts';

export interface LayoutComparison {
  verdict: 'better' | 'same' | 'worse';
  /** Penalties before and after (see `layoutPenalty`). */
  before: number;
  after: number;
  /** Why, in words. */
  reason: string;
}

/** Penalties nearer than this are the same: the sampling is no finer. */
export const sameBy = 0.01;
/** A picture that is over in less than this part of the time has lost something. */
const leastTime = 0.7;

/**
 * What a layout costs the viewer, 0 is good: shares of texts hidden, of lecture lines covered and of objects out of the
 * frame, each averaged over the blocks of lecture lines; a quarter of figures over figures, which may be meant; how far the
 * smallest text is below 16 px and the faintest below a contrast of 3:1, as parts of these. Empty space is reported, not
 * punished.
 */
export function layoutPenalty(measure: LayoutMeasure): number {
  const below = (value: number | null, least: number) =>
    value === null ? 0 : Math.max(0, (least - value) / least);
  const penalty =
    measure.textOverlap +
    measure.coveredLecture +
    measure.offFrame +
    measure.figureOverlap / 4 +
    below(measure.smallestTextPx, smallestTextPx) +
    below(measure.lowestContrast, leastContrast);
  return Math.round(penalty * 1000) / 1000;
}

/**
 * Did a change help? Worse when the penalty rises by more than `sameBy`, and, whatever the penalty, when something is no
 * longer shown or the section has become shorter than 70 %: an empty picture has no faults.
 */
export function compareLayout(before: LayoutMeasure, after: LayoutMeasure): LayoutComparison {
  const [from, to] = [layoutPenalty(before), layoutPenalty(after)];
  const verdict = (kind: LayoutComparison['verdict'], reason: string) => ({
    verdict: kind,
    before: from,
    after: to,
    reason,
  });
  const lost = lossOf(before, after);
  if (lost !== null) return verdict('worse', lost);
  if (to > from + sameBy) return verdict('worse', `the penalty rises from ${from} to ${to}`);
  if (to < from - sameBy) return verdict('better', `the penalty falls from ${from} to ${to}`);
  return verdict('same', `the penalty stays at ${to}`);
}

/** What a picture has lost, in words; `null`: nothing. */
function lossOf(before: LayoutMeasure, after: LayoutMeasure): string | null {
  const text = lostText(before.texts, after.texts) ?? lostText(before.lecture, after.lecture);
  if (text !== undefined) return `no longer shown: ${JSON.stringify(text)}`;
  if (before.figures !== null && after.figures !== null && after.figures < before.figures)
    return `${after.figures} figures are left of ${before.figures}`;
  if (after.lectureRows < before.lectureRows)
    return `${after.lectureRows} rows of title and lecture lines are left of ${before.lectureRows}`;
  if (after.durationS < before.durationS * leastTime)
    return `${after.durationS} s are left of ${before.durationS} s`;
  return null;
}
