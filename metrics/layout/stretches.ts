import type { Sample } from '../../harness/media/layout/visible.ts';
import type { GeometryPart } from '../../harness/media/video-part.ts';

/** The time from one sample of a part to the next; seconds of the whole video. */
export interface Stretch {
  fromS: number;
  toS: number;
  before: Sample | undefined;
  after: Sample | undefined;
  /** What stands all the time, where nothing moves; else `null`. */
  still: Sample | null;
}

/**
 * The stretches of a part. Samples are taken within animations and at their ends, so what comes or goes in no time does so
 * right after a sample: between two ends there is a pause, on which the later one's things stand.
 */
export function stretchesOf({ geometry, startS, durationS }: GeometryPart): Stretch[] {
  const { samples, truncated } = geometry;
  const stretches = samples.map((after, i) => {
    const before = samples[i - 1];
    const isPause = after.phase === 'end' && before?.phase !== 'within';
    const fromS = startS + (before?.timeS ?? 0);
    return { fromS, toS: startS + after.timeS, before, after, still: isPause ? after : null };
  });
  const last = samples.at(-1);
  const tail = {
    fromS: startS + (last?.timeS ?? 0),
    toS: startS + durationS,
    before: last,
    after: undefined,
  };
  // Of a film with too many animations the end is not known.
  const known = truncated || last === undefined ? stretches : [...stretches, { ...tail, still: last }];
  return known.filter(({ fromS, toS }) => toS > fromS);
}
