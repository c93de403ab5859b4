import { lstat } from 'node:fs/promises';
import { z } from 'zod';
import type { Sandbox } from '../render/sandbox/port.ts';
import { describeVerdict } from '../render/sandbox/port.ts';
import { type Workspace, withWorkspace } from '../render/workspace.ts';
import { sha256File } from '../store/hash.ts';
import type { VideoFacts } from './ports.ts';
import { videoLimits } from './video-limits.ts';

/** Facts of a video, or in a few words why it is none that is accepted. */
export type ProbeResult = { ok: true; facts: VideoFacts } | { ok: false; reason: string };

/** Input options for every hostile file: one container format, and no protocol but files. */
export const safeInput = ['-protocol_whitelist', 'file', '-f', 'mov'] as const;

const decimal = z.string().transform(Number).pipe(z.number().finite());
const rate = z.string().transform((text) => {
  const [above, below] = text.split('/').map(Number);
  return above !== undefined && below !== undefined && below > 0 ? above / below : 0;
});

const ffprobeSchema = z.object({
  format: z.object({ duration: decimal }),
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      codec_name: z.string().max(40).optional(),
      width: z.int().optional(),
      height: z.int().optional(),
      avg_frame_rate: rate.optional(),
    }),
  ),
});

const entries = 'format=duration:stream=codec_type,codec_name,width,height,avg_frame_rate';

function refuse(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}

function read(text: string): z.infer<typeof ffprobeSchema> | null {
  try {
    return ffprobeSchema.parse(JSON.parse(text));
  } catch {
    return null; // Not the numbers of a video; the caller says so.
  }
}

type Measured = { ok: true; facts: Omit<VideoFacts, 'sha256' | 'bytes'> } | { ok: false; reason: string };

function judge(text: string): Measured {
  const probed = read(text);
  if (probed === null) return refuse('it has no readable length or streams');
  const videos = probed.streams.filter((s) => s.codec_type === 'video');
  const [video] = videos;
  if (video === undefined || videos.length > 1)
    return refuse(`it has ${videos.length} video streams, not one`);
  const { width = 0, height = 0, avg_frame_rate: fps = 0, codec_name: codec = 'unknown' } = video;
  const durationS = probed.format.duration;
  if (width < 1 || height < 1 || durationS <= 0 || fps <= 0) return refuse('it has no picture or no length');
  if (width > videoLimits.side || height > videoLimits.side) return refuse(`${width}x${height} is too large`);
  if (durationS > videoLimits.durationS) return refuse(`${Math.round(durationS)} s is too long`);
  if (fps > videoLimits.fps) return refuse(`${Math.round(fps)} frames a second are too many`);
  const audio = probed.streams.some((s) => s.codec_type === 'audio');
  return { ok: true, facts: { durationS, width, height, fps, codec, audio } };
}

/** Probes a file that already lies in a workspace, by its name there. */
export async function probeInside(
  sandbox: Sandbox,
  space: Workspace,
  name: string,
  signal?: AbortSignal,
): Promise<Measured> {
  const ran = await sandbox.run({
    argv: ['ffprobe', '-v', 'error', ...safeInput, '-show_entries', entries, '-of', 'json', `file:${name}`],
    folder: space.folder,
    limits: { cpuSeconds: 20, wallSeconds: 100 },
    short: true,
    ...(signal === undefined ? {} : { signal }),
  });
  if (ran.verdict.kind !== 'exit') return refuse(`reading it was ended (${describeVerdict(ran.verdict)})`);
  if (ran.verdict.code !== 0) return refuse('it is not an mp4 that can be read');
  return judge(ran.stdout.toString('utf8'));
}

/** Why a file is not even looked into; null when it may be. */
export async function unfit(file: string): Promise<string | null> {
  const found = await lstat(file).catch(() => null);
  if (found === null) return 'there is no such file';
  if (!found.isFile()) return 'it is not a regular file';
  if (found.size === 0) return 'it is empty';
  return found.size > videoLimits.bytes ? `${found.size} bytes are too many` : null;
}

/**
 * Reads a video file's facts with ffprobe in the sandbox; nothing is decoded. Only mp4/mov is accepted, with
 * one video stream of at most 4096x4096, 2 h, 120 fps and 2 GB.
 */
export async function probeVideo(
  sandbox: Sandbox,
  file: string,
  options: { signal?: AbortSignal } = {},
): Promise<ProbeResult> {
  const reason = await unfit(file);
  if (reason !== null) return refuse(reason);
  const [sha256, { size: bytes }] = await Promise.all([sha256File(file), lstat(file)]);
  const known = probed.get(sha256);
  if (known) return { ok: true, facts: known };
  return withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const measured = await probeInside(sandbox, space, 'in.mp4', options.signal);
    return measured.ok ? { ok: true, facts: remember({ ...measured.facts, sha256, bytes }) } : measured;
  });
}

/** Facts by content: a section's video is asked for when it is rendered, merged and handed over. */
const probed = new Map<string, VideoFacts>();
const mostProbed = 1000;

/** Keeps facts that were measured, the oldest giving way. */
export function remember(facts: VideoFacts): VideoFacts {
  probed.set(facts.sha256, facts);
  for (const [oldest] of probed) if (probed.size > mostProbed) probed.delete(oldest);
  return facts;
}
