import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeVerdict, type Sandbox } from '../../render/sandbox/port.ts';
import type { NoiseRequest } from './video-route.ts';

/**
 * A video of coloured clouds that drift slowly: it stands in for a pixel-space model, and says nothing about any topic.
 * Made small by ffmpeg's `gradients` and blended, then enlarged smoothly: no edges, so nothing that OCR could take for
 * letters, and cheap to make. The same seed gives the same video. Returns the bytes of an mp4 file.
 */
export async function makeNoiseVideo(
  sandbox: Sandbox,
  request: NoiseRequest,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mmmc-noise-'));
  try {
    const result = await sandbox.run({
      argv: ['ffmpeg', ...ffmpegArguments(request)],
      folder,
      ...(signal === undefined ? {} : { signal }),
    });
    if (result.verdict.kind !== 'exit' || result.verdict.code !== 0) {
      const words = result.stderr.toString('utf8').trim().slice(-400);
      throw new Error(`ffmpeg made no noise video (${describeVerdict(result.verdict)}): ${words}`);
    }
    return await readFile(join(folder, 'noise.mp4'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Width of the small picture, in pixels; its height follows the aspect ratio. */
const smallWidth = 64;

function ffmpegArguments({ width, height, fps, frames, seed }: NoiseRequest): string[] {
  const smallHeight = Math.max(16, 2 * Math.round((smallWidth * height) / width / 2));
  const seconds = frames / fps;
  const layer = (type: string, layerSeed: number, speed: number) =>
    `gradients=size=${smallWidth}x${smallHeight}:rate=${fps}:duration=${seconds}:nb_colors=4:type=${type}:` +
    `speed=${speed}:seed=${layerSeed}`;
  // Sizes of yuv420p are even.
  const even = (pixels: number) => pixels + (pixels % 2);
  const graph =
    `${layer('radial', 2 * seed, 0.01)}[a];${layer('linear', 2 * seed + 1, 0.006)}[b];` +
    `[a][b]blend=all_mode=average,gblur=sigma=4,scale=${even(width)}:${even(height)}:flags=bicubic,format=yuv420p[v]`;
  const encode = '-c:v libx264 -preset veryfast -crf 26 -threads 1 -fflags +bitexact -flags:v +bitexact';
  return [
    ...'-v error -nostdin -filter_complex_threads 1 -filter_complex'.split(' '),
    graph,
    ...`-map [v] -frames:v ${frames} ${encode} -movflags +faststart noise.mp4`.split(' '),
  ];
}
