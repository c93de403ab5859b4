import { describeVerdict, type Sandbox } from '../../render/sandbox/port.ts';
import { withWorkspace } from '../../render/workspace.ts';
import { seededRandom } from './seeded-random.ts';
import type { NoiseRequest } from './video-route.ts';

/**
 * A video of coloured clouds that drift slowly: it stands in for a pixel-space model, and says nothing about any topic.
 * Each colour plane is a sum of slow waves, computed small by ffmpeg and enlarged smoothly: no edges, so nothing that OCR
 * could take for letters, and cheap to make. The same seed gives the same video. Returns the bytes of an mp4 file;
 * odd sizes are made even, as yuv420p wants them. Throws when ffmpeg fails, and the signal's reason on abort.
 */
export async function makeNoiseVideo(
  sandbox: Sandbox,
  request: NoiseRequest,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return withWorkspace(async (space) => {
    const result = await sandbox.run({
      argv: ['ffmpeg', ...ffmpegArguments(request)],
      folder: space.folder,
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = await space.read('noise.mp4', mostBytes);
    if (result.verdict.kind === 'exit' && result.verdict.code === 0 && bytes !== null) return bytes;
    const words = result.stderr.toString('utf8').trim().slice(-400);
    throw new Error(`ffmpeg made no noise video (${describeVerdict(result.verdict)}): ${words}`);
  });
}

/** Far more than a clip of two minutes takes. */
const mostBytes = 200_000_000;
/** Width of the small picture, in pixels; its height follows the aspect ratio. */
const smallWidth = 32;

function ffmpegArguments({ width, height, fps, frames, seed }: NoiseRequest): string[] {
  const even = (pixels: number) => 2 * Math.ceil(pixels / 2);
  const smallHeight = Math.max(8, even((smallWidth * height) / width));
  const random = seededRandom(seed);
  const source = `color=size=${smallWidth}x${smallHeight}:rate=${fps}:duration=${frames / fps},format=yuv444p`;
  const planes = `geq=lum='${clouds(105, 20, random)}':cb='${clouds(128, 14, random)}':cr='${clouds(128, 14, random)}'`;
  const enlarge = `scale=${even(width)}:${even(height)}:flags=bicubic,format=yuv420p`;
  const encode = '-c:v libx264 -preset ultrafast -crf 26 -threads 1 -fflags +bitexact -flags:v +bitexact';
  return [
    ...'-v error -nostdin -filter_threads 1 -f lavfi -i'.split(' '),
    `${source},${planes},${enlarge}`,
    ...`-frames:v ${frames} ${encode} -movflags +faststart noise.mp4`.split(' '),
  ];
}

/** A plane around `middle`: three waves of `height` each, with drawn directions, lengths, phases and speeds (T is in seconds). */
function clouds(middle: number, height: number, random: () => number): string {
  const between = (low: number, high: number) => (low + random() * (high - low)).toFixed(3);
  const waves = [1, 2, 3].map(
    () =>
      `${height}*sin(${between(-9, 9)}*X/W+${between(-6, 6)}*Y/H+${between(0, 6.283)}+${between(-0.8, 0.8)}*T)`,
  );
  return `${middle}+${waves.join('+')}`;
}
