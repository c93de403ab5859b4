import { shareInside } from '../../harness/media/layout/box.ts';
import { dimmed } from '../../harness/media/layout/contrast.ts';
import { type Sample, type Visible, visibleOf } from '../../harness/media/layout/visible.ts';
import type { GeometryPart } from '../../harness/media/video-part.ts';
import { quantile } from './pictures.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

/** A time in which one text can be read without a break; seconds of the whole video. */
export interface TextSpan {
  text: string;
  fromS: number;
  toS: number;
}

/** Characters a second that are read with ease on a screen, and the least time that anything takes: subtitles keep to about as much. */
export const reading = { perSecond: 15, leastS: 1 };

/** Bright enough, and inside the frame. */
const canBeRead = ({ kind, object }: Visible, frame: Parameters<typeof shareInside>[1]) =>
  kind === 'text' && object.opacity >= dimmed && shareInside(object.box, frame) >= 0.98;

/** When each text can be read. One that moves or is lit up stays the same; it must be there before and after a movement. */
export function textSpans(parts: readonly GeometryPart[]): TextSpan[] {
  return parts.flatMap((part) => {
    const open = new Map<string, TextSpan>();
    const ended: TextSpan[] = [];
    for (const stretch of stretchesOf(part)) {
      const texts = readableIn(stretch);
      for (const text of texts) {
        const span = open.get(text);
        if (span === undefined) open.set(text, { text, fromS: stretch.fromS, toS: stretch.toS });
        else span.toS = stretch.toS;
      }
      for (const [text, span] of open) {
        if (texts.has(text)) continue;
        open.delete(text);
        ended.push(span);
      }
    }
    return [...ended, ...open.values()];
  });
}

function readableIn({ before, after, still }: Stretch): Set<string> {
  if (still !== null) return readableAt(still);
  if (before === undefined || after === undefined) return new Set();
  return readableAt(before).intersection(readableAt(after));
}

const readableAt = (sample: Sample) =>
  new Set(visibleOf(sample).flatMap((one) => (canBeRead(one, sample.frame) ? (one.object.text ?? []) : [])));

/** How long texts stand: the longest span of each counts. `null` without texts. */
export function measureDwell(spans: readonly TextSpan[]): { dwell: number | null; hurried: number | null } {
  const longest = new Map<string, number>();
  for (const { text, fromS, toS } of spans) longest.set(text, Math.max(toS - fromS, longest.get(text) ?? 0));
  const hurried = [...longest].filter(([text, seconds]) => seconds < neededS(text)).length;
  return {
    dwell: quantile([...longest.values()], 0.5),
    hurried: longest.size === 0 ? null : hurried / longest.size,
  };
}

const neededS = (text: string) => Math.max(reading.leastS, text.length / reading.perSecond);
