import { stat } from 'node:fs/promises';
import type { Sandbox } from '../render/sandbox/port.ts';
import { type Workspace, withWorkspace } from '../render/workspace.ts';
import { sha256File } from '../store/hash.ts';
import type { VideoFacts } from './ports.ts';
import { type ProbeResult, probeInside, probeVideo, remember, safeInput } from './probe.ts';
import { videoLimits } from './video-limits.ts';

/** How far the whole may be from the sum, for each part: containers round lengths to frames. */
const toleranceS = 0.25;

type Facts = Omit<VideoFacts, 'sha256' | 'bytes'>;

interface Merge {
  sandbox: Sandbox;
  space: Workspace;
  parts: readonly Facts[];
  signal: AbortSignal | undefined;
}

const nameOf = (index: number) => `part_${index}.mp4`;

function sameFormat(parts: readonly Facts[]): boolean {
  const [first] = parts;
  const key = (f: Facts) => `${f.codec} ${f.width}x${f.height} ${f.fps.toFixed(2)}`;
  return first !== undefined && parts.every((part) => key(part) === key(first));
}

/** Packets copied as they are. The list demuxer opens nothing but mp4 files of the job's folder. */
async function copyStreams({ space, parts }: Merge): Promise<string[]> {
  await space.write('list.txt', parts.map((_, i) => `file '${nameOf(i)}'\n`).join(''));
  const whitelists = ['-protocol_whitelist', 'file', '-format_whitelist', 'concat,mov'];
  return [...whitelists, '-f', 'concat', '-i', 'list.txt', '-map', '0:v:0', '-c', 'copy'];
}

/** Decoded and encoded again, in the size and rate of the first part; black bars where shapes differ. */
function reencode({ parts }: Merge): string[] {
  const { width = 854, height = 480, fps = 15 } = parts[0] ?? {};
  const even = (n: number) => n - (n % 2);
  const size = `${even(width)}:${even(height)}`;
  const fit = `scale=${size}:force_original_aspect_ratio=decrease,pad=${size}:-1:-1,setsar=1,fps=${fps},format=yuv420p`;
  const inputs = parts.flatMap((_, i) => [...safeInput, '-i', `file:${nameOf(i)}`]);
  const chains = parts.map((_, i) => `[${i}:v:0]${fit}[v${i}]`).join(';');
  const joined = `${parts.map((_, i) => `[v${i}]`).join('')}concat=n=${parts.length}:v=1[v]`;
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'];
  return [...inputs, '-filter_complex', `${chains};${joined}`, '-map', '[v]', ...encoder];
}

/** What ffmpeg took, ms. */
interface Cost {
  wallMs: number;
  cpuMs: number;
}
type Merged = ({ ok: true; facts: Facts } | { ok: false; reason: string }) & Cost;

/** Runs one way of merging; its facts when the whole is a video as long as its parts, else why it is not. */
async function attempt(merge: Merge, how: string[]): Promise<Merged> {
  const { sandbox, space, parts, signal } = merge;
  const ran = await sandbox.run({
    argv: ['ffmpeg', '-v', 'error', '-nostdin', '-y', ...how, '-an', '-movflags', '+faststart', 'whole.mp4'],
    folder: space.folder,
    limits: {
      cpuSeconds: 600,
      wallSeconds: 3000,
      folderBytes: videoLimits.bytes * 2,
      fileBytes: videoLimits.bytes,
    },
    ...(signal === undefined ? {} : { signal }),
  });
  const { wallMs, cpuMs } = ran;
  const failed = (reason: string) => ({ ok: false, reason, wallMs, cpuMs }) as const;
  if (ran.verdict.kind !== 'exit' || ran.verdict.code !== 0)
    return failed('ffmpeg could not merge the parts');
  const whole = await probeInside(sandbox, space, 'whole.mp4', signal);
  if (!whole.ok) return failed(`the merged video is no good: ${whole.reason}`);
  const sum = parts.reduce((s, part) => s + part.durationS, 0);
  const off = Math.abs(whole.facts.durationS - sum);
  if (off <= toleranceS * parts.length) return { ...whole, wallMs, cpuMs };
  return failed(
    `the merged video lasts ${whole.facts.durationS.toFixed(2)} s, its parts ${sum.toFixed(2)} s`,
  );
}

/**
 * Merges videos in the order given into `target` (silent): by stream copy when all have one format, else, or
 * when the copy is not as long as its parts (0.25 s each), by encoding again. Fails with a reason, without throwing.
 */
export async function concatVideos(
  sandbox: Sandbox,
  parts: readonly string[],
  target: string,
  options: { signal?: AbortSignal } = {},
): Promise<ProbeResult & Cost> {
  const cost = { wallMs: 0, cpuMs: 0 };
  const refuse = (reason: string) => ({ ok: false, reason, ...cost }) as const;
  if (parts.length === 0) return refuse('there are no parts to merge');
  return withWorkspace(async (space) => {
    const facts: Facts[] = [];
    const probes = await Promise.all(parts.map((part) => probeVideo(sandbox, part, options)));
    for (const [index, probed] of probes.entries()) {
      if (!probed.ok) return refuse(`part ${index + 1} is no video: ${probed.reason}`);
      facts.push(probed.facts);
      await space.copyIn(nameOf(index), parts[index] ?? '');
    }
    const merge = { sandbox, space, parts: facts, signal: options.signal };
    const tried = async (how: string[]): Promise<Merged> => {
      const merged = await attempt(merge, how);
      cost.wallMs += merged.wallMs;
      cost.cpuMs += merged.cpuMs;
      return merged;
    };
    let merged = sameFormat(facts) ? await tried(await copyStreams(merge)) : null;
    if (!merged?.ok) merged = await tried(reencode(merge));
    if (!merged.ok) return refuse(merged.reason);
    if (!(await space.copyOut('whole.mp4', target, videoLimits.bytes))) {
      return refuse('the merged video could not be read');
    }
    const { size: bytes } = await stat(target);
    const whole = remember({ ...merged.facts, sha256: await sha256File(target), bytes });
    return { ok: true, facts: whole, ...cost };
  });
}
