import type { Sandbox } from '../render/sandbox/port.ts';
import { type Workspace, withWorkspace } from '../render/workspace.ts';
import type { VideoFacts } from './ports.ts';
import { probeInside, probeVideo, safeInput } from './probe.ts';
import { videoLimits } from './video-limits.ts';

/** A part of a video, seconds from its start. */
export interface CutRange {
  startS: number;
  endS: number;
}

/** How a part was cut: packets copied, or pictures encoded again. */
export type CutMode = 'copy' | 'encode';

/** The part with the way it was cut and, where that differs from the way asked for, why; or why there is none. */
export type CutResult =
  | { ok: true; facts: VideoFacts; mode: CutMode; note: string | null }
  | { ok: false; reason: string };

/**
 * How far a copied part may be longer than asked for, seconds: it starts at the key frame before its start. Encoders
 * set one every 10 s or more often by default (x264: 250 pictures).
 */
const longestLeadS = 10;

/** What an exact cut may be off, seconds, beside one picture: containers round lengths. */
const exactS = 0.1;

/** A copy ends with the last packet before the end; sound packets may reach over it. */
const copyTailS = 0.5;

interface Cut {
  sandbox: Sandbox;
  space: Workspace;
  range: CutRange;
  fps: number;
  signal: AbortSignal | undefined;
}

const encoder = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '20',
  '-pix_fmt',
  'yuv420p',
  '-c:a',
  'aac',
];
const streams = [
  '-map',
  '0:v:0',
  '-map',
  '0:a:0?',
  '-sn',
  '-dn',
  '-map_chapters',
  '-1',
  '-map_metadata',
  '-1',
];

/** Cuts in one way; null when the part is as long as it should be, else why it is not. */
async function attempt({ sandbox, space, range, fps, signal }: Cut, mode: CutMode): Promise<string | null> {
  const { startS, endS } = range;
  const lengthS = endS - startS;
  const how = mode === 'copy' ? ['-c', 'copy', '-avoid_negative_ts', 'make_zero'] : encoder;
  const span = ['-ss', startS.toFixed(3), '-t', lengthS.toFixed(3)];
  const ran = await sandbox.run({
    argv: [
      ...['ffmpeg', '-v', 'error', '-nostdin', '-y', ...span, ...safeInput, '-i', 'file:in.mp4'],
      ...[...streams, ...how, '-movflags', '+faststart', 'part.mp4'],
    ],
    folder: space.folder,
    limits: {
      cpuSeconds: 1200,
      wallSeconds: 6000,
      folderBytes: videoLimits.bytes * 3,
      fileBytes: videoLimits.bytes,
    },
    ...(signal === undefined ? {} : { signal }),
  });
  if (ran.verdict.kind !== 'exit' || ran.verdict.code !== 0) return 'ffmpeg could not cut it';
  const part = await probeInside(sandbox, space, 'part.mp4', signal);
  if (!part.ok) return `the part is no good: ${part.reason}`;
  const off = part.facts.durationS - lengthS;
  const [below, above] =
    mode === 'copy' ? [copyTailS, longestLeadS + copyTailS] : [1 / fps + exactS, 1 / fps + exactS];
  if (off >= -below && off <= above) return null;
  return `the part lasts ${part.facts.durationS.toFixed(2)} s instead of ${lengthS.toFixed(2)} s`;
}

/**
 * Cuts a part out of an mp4 into `target`, sound included. `encode` is exact: the part is as long as the range within
 * one picture + 0.1 s. `copy` copies packets from the key frame before the start on: the part may be up to 10 s longer
 * and 0.5 s off at its end; where it is not, it is encoded again, and `note` says so. Fails with a reason.
 */
export async function cutVideo(
  sandbox: Sandbox,
  file: string,
  range: CutRange,
  target: string,
  options: { mode: CutMode; signal?: AbortSignal },
): Promise<CutResult> {
  const whole = await probeVideo(sandbox, file, options);
  if (!whole.ok) return whole;
  const { durationS, fps } = whole.facts;
  if (range.startS < 0 || range.endS <= range.startS || range.endS > durationS + 1 / fps + exactS)
    return { ok: false, reason: `the range is not inside the video of ${durationS.toFixed(2)} s` };
  return withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const cut: Cut = { sandbox, space, range, fps, signal: options.signal };
    const failed = await attempt(cut, options.mode);
    const again = failed !== null && options.mode === 'copy';
    const final = again ? await attempt(cut, 'encode') : failed;
    if (final !== null) return { ok: false, reason: final };
    if (!(await space.copyOut('part.mp4', target, videoLimits.bytes)))
      return { ok: false, reason: 'the part could not be read' };
    const probed = await probeVideo(sandbox, target, options);
    if (!probed.ok) return probed;
    const note = again ? `encoded again: copied, ${failed}` : null;
    return { ok: true, facts: probed.facts, mode: again ? 'encode' : options.mode, note };
  });
}
