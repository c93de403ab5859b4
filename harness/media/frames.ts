import { describeVerdict, type Sandbox } from '../render/sandbox/port.ts';
import { type Workspace, withWorkspace } from '../render/workspace.ts';
import { MmmcError } from '../store/errors.ts';
import { type FilmMeasure, measureFilm } from './layout/film.ts';
import type { Light } from './layout/flashes.ts';
import type { VideoFrame } from './ports.ts';
import { probeInside, safeInput } from './probe.ts';
import { coverFacts, fillGaps, type GrayFilm, stillSpans } from './stillness.ts';
import { videoLimits } from './video-limits.ts';

/** What one look at a video gives to all who ask about it. */
export interface Look {
  /** Pixels. */
  width: number;
  height: number;
  /** Length that the file claims to have; `film.durationS` is what could be decoded. */
  durationS: number;
  film: FilmMeasure;
  frames: readonly VideoFrame[];
}

const gray = { width: 160, height: 90 };
/** Pictures looked at per second, and in all: a long video is looked at less often. */
const looks = { perSecond: 5, total: 3000 };
/** Brightness is looked at so often, if there are as many pictures: enough for 15 flashes a second. */
const lightRate = 30;
/** Of a video of this length a frame of `lookAt` may show what stands so long after its time, seconds: half a look. */
export const frameSlackS = (durationS: number): number => 0.5 / rateFor(durationS);

const rateFor = (durationS: number) => Number(Math.min(looks.perSecond, looks.total / durationS).toFixed(4));

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
  throw new MmmcError(
    'video_undecodable',
    `the video could not be decoded (${describeVerdict(ran.verdict)})`,
    {
      cause: ran.stderr.toString('utf8').slice(-500),
    },
  );
}

interface Watched {
  film: GrayFilm;
  light: Light;
}

/** The whole video, small and gray, and its brightness more often: one decode. */
async function watch(source: Source, fps: number): Promise<Watched> {
  const often = Number(Math.min(lightRate, Math.max(source.rate, fps)).toFixed(4));
  const film = `fps=${source.rate},scale=${gray.width}:${gray.height}:flags=area,format=gray`;
  const light = `fps=${often},scale=16:9:flags=area,format=gray,scale=1:1:flags=area`;
  const raw = (name: string) => ['-map', `[${name}]`, '-f', 'rawvideo', `${name}.raw`];
  const graph = `[0:v]split[a][b];[a]${film}[film];[b]${light}[light]`;
  await ffmpeg(source, ['-an', '-filter_complex', graph, ...raw('film'), ...raw('light')]);
  const read = (name: string, most: number) => source.space.read(`${name}.raw`, Math.ceil(most));
  const pixels = await read('film', gray.width * gray.height * (looks.total + 10));
  const levels = await read('light', often * (videoLimits.durationS + 10));
  if (pixels === null || levels === null || pixels.length === 0)
    throw new MmmcError('video_undecodable', 'the video has no picture that can be decoded');
  return { film: { pixels, ...gray, rate: source.rate }, light: { levels, rate: often } };
}

/** What is measured of a film and which pictures of it are chosen: the film itself is large, and let go. */
async function digest(source: Source, fps: number, max: number) {
  const { film, light } = await watch(source, fps);
  return {
    measure: measureFilm(film, light),
    chosen: fillGaps(film, coverFacts(stillSpans(film), max), max),
  };
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
 * Looks at a video: what can be measured of it small and gray, and at most `max` (24) frames, chosen from the file alone, in
 * order of time: first moments that together show everything that stood still for a second, each as late as can be,
 * then moments of motion in the gaps. The same file gives the same frames. Full size up to 1280 wide, JPEG. Decodes the
 * video once small and once large. MmmcError `video_undecodable` for what is no video.
 */
export async function lookAt(
  sandbox: Sandbox,
  file: string,
  options: { max?: number; signal?: AbortSignal } = {},
): Promise<Look> {
  const { max = 24, signal } = options;
  return withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const probed = await probeInside(sandbox, space, 'in.mp4', signal);
    if (!probed.ok) throw new MmmcError('video_undecodable', `no frames can be taken: ${probed.reason}`);
    const { durationS, width, height, fps } = probed.facts;
    const source = { sandbox, space, rate: rateFor(durationS), signal };
    const { measure, chosen } = await digest(source, fps, max);
    return { width, height, durationS, film: measure, frames: await extract(source, chosen) };
  });
}

/** The frames of `lookAt` alone. */
export async function chooseFrames(...args: Parameters<typeof lookAt>): Promise<readonly VideoFrame[]> {
  return (await lookAt(...args)).frames;
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
