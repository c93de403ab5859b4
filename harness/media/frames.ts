import type { Sandbox } from '../render/sandbox/port.ts';
import { type Workspace, withWorkspace } from '../render/workspace.ts';
import { MmmcError } from '../store/errors.ts';
import type { VideoFrame } from './ports.ts';
import { probeInside, safeInput } from './probe.ts';
import { coverFacts, fillGaps, type GrayFilm, stillSpans } from './stillness.ts';

const gray = { width: 160, height: 90 };
/** Pictures looked at per second, and in all: a long video is looked at less often. */
const looks = { perSecond: 5, total: 3000 };
const maxWidth = 1280;
const maxJpegBytes = 8 * 1024 ** 2;
/** Pictures that can be asked for by their times. */
const mostAsked = 24;

interface Source {
  sandbox: Sandbox;
  space: Workspace;
  rate: number;
  signal: AbortSignal | undefined;
}

async function ffmpeg({ sandbox, space, signal }: Source, args: string[]): Promise<void> {
  const ran = await sandbox.run({
    argv: ['ffmpeg', '-v', 'error', '-nostdin', ...safeInput, '-i', 'file:in.mp4', ...args],
    folder: space.folder,
    limits: { cpuSeconds: 600, wallSeconds: 3000 },
    ...(signal === undefined ? {} : { signal }),
  });
  if (ran.verdict.kind === 'exit' && ran.verdict.code === 0) return;
  throw new MmmcError('video_undecodable', 'the video could not be decoded', {
    cause: ran.stderr.toString('utf8').slice(-500),
  });
}

/** The whole video, small and gray: one decode. */
async function look(source: Source): Promise<GrayFilm> {
  const filter = `fps=${source.rate},scale=${gray.width}:${gray.height}:flags=area,format=gray`;
  await ffmpeg(source, ['-an', '-vf', filter, '-f', 'rawvideo', 'gray.raw']);
  const limit = gray.width * gray.height * (looks.total + 10);
  const pixels = await source.space.read('gray.raw', limit);
  if (pixels === null)
    throw new MmmcError('video_undecodable', 'the video has no picture that can be decoded');
  return { pixels, ...gray, rate: source.rate };
}

/** The pictures of the same numbers, in colour and large: one more decode. */
async function extract(source: Source, chosen: readonly number[]): Promise<VideoFrame[]> {
  const wanted = chosen.map((n) => `eq(n\\,${n})`).join('+');
  const filter = `fps=${source.rate},select=${wanted},scale='min(${maxWidth},iw)':-2:flags=lanczos`;
  await ffmpeg(source, ['-an', '-vf', filter, '-vsync', 'passthrough', '-q:v', '2', 'frame_%d.jpg']);
  const frames: VideoFrame[] = [];
  for (const [index, picture] of chosen.entries()) {
    const jpeg = await source.space.read(`frame_${index + 1}.jpg`, maxJpegBytes);
    if (jpeg !== null) frames.push({ timeS: picture / source.rate, jpeg });
  }
  return frames;
}

/**
 * Chooses at most `max` (24) frames from the file alone, in order of time: first moments that together show
 * everything that stood still for a second, each as late as can be, then moments of motion in the gaps. The same
 * file gives the same frames. Full size up to 1280 wide, JPEG. MmmcError `video_undecodable` for what is no video.
 */
export async function chooseFrames(
  sandbox: Sandbox,
  file: string,
  options: { max?: number; signal?: AbortSignal } = {},
): Promise<VideoFrame[]> {
  const { max = 24, signal } = options;
  return withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const probed = await probeInside(sandbox, space, 'in.mp4', signal);
    if (!probed.ok) throw new MmmcError('video_undecodable', `no frames can be taken: ${probed.reason}`);
    const rate = Math.min(looks.perSecond, looks.total / probed.facts.durationS);
    const source = { sandbox, space, rate: Number(rate.toFixed(4)), signal };
    const film = await look(source);
    return extract(source, fillGaps(film, coverFacts(stillSpans(film), max), max));
  });
}

/**
 * The pictures that stand at these times (seconds, at most 24 of them), in order of time, each once: the last one that
 * began before its time, so that the end of a movement shows where it ended. Times behind the end give the last picture.
 * MmmcError `video_undecodable` for what is no video.
 */
export async function framesAt(
  sandbox: Sandbox,
  file: string,
  times: readonly number[],
  options: { signal?: AbortSignal } = {},
): Promise<VideoFrame[]> {
  const { signal } = options;
  return withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const probed = await probeInside(sandbox, space, 'in.mp4', signal);
    if (!probed.ok) throw new MmmcError('video_undecodable', `no frames can be taken: ${probed.reason}`);
    const { fps, durationS } = probed.facts;
    const last = Math.max(0, Math.floor(durationS * fps + 0.5) - 1);
    // A tenth of a picture is rounding: times are written with two digits.
    const numbers = times.map((timeS) => Math.min(last, Math.max(0, Math.ceil(timeS * fps - 0.1) - 1)));
    const chosen = [...new Set(numbers)].sort((a, b) => a - b).slice(0, mostAsked);
    return chosen.length === 0 ? [] : extract({ sandbox, space, rate: fps, signal }, chosen);
  });
}
