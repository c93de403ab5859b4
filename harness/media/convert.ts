import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';
import { type ProbeResult, probeVideo, unfit } from './probe.ts';
import { videoLimits } from './video-limits.ts';

/** A webm file is opened as nothing else, and nothing but files are opened. */
const input = ['-protocol_whitelist', 'file', '-f', 'matroska', '-i', 'file:in.webm'];

/**
 * Encodes a webm video as mp4, in the sandbox: all other parts of the program open mp4 alone. Its first video stream and its first sound are kept; at most two
 * hours. Returns the facts of what was written to `target`, or in a few words why nothing was.
 */
export async function toMp4(
  sandbox: Sandbox,
  file: string,
  target: string,
  options: { signal?: AbortSignal } = {},
): Promise<ProbeResult> {
  const reason = await unfit(file);
  if (reason !== null) return { ok: false, reason };
  return withWorkspace(async (space) => {
    await space.copyIn('in.webm', file);
    const picture = [
      '-map',
      '0:v:0',
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '18',
      '-pix_fmt',
      'yuv420p',
    ];
    const even = ['-vf', 'crop=trunc(iw/2)*2:trunc(ih/2)*2'];
    const sound = ['-map', '0:a:0?', '-c:a', 'aac'];
    const length = ['-t', String(videoLimits.durationS), '-movflags', '+faststart', '-map_metadata', '-1'];
    const ran = await sandbox.run({
      argv: [
        'ffmpeg',
        '-v',
        'error',
        '-nostdin',
        ...input,
        ...picture,
        ...even,
        ...sound,
        ...length,
        'out.mp4',
      ],
      folder: space.folder,
      limits: { cpuSeconds: 1800, wallSeconds: 9000 },
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (ran.verdict.kind !== 'exit' || ran.verdict.code !== 0)
      return { ok: false, reason: 'it cannot be decoded as webm' };
    if (!(await space.copyOut('out.mp4', target, videoLimits.bytes)))
      return { ok: false, reason: 'nothing came out' };
    return probeVideo(sandbox, target, options);
  });
}
