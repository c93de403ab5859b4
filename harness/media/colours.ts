import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';

/** What a picture looks like from afar. */
export interface PictureLook {
  /** The brightness that most of it has, 0 to 1. */
  ground: number;
  /** Share of the pixels that are not ground. */
  ink: number;
  /** Share of the outermost pixels that are not ground. */
  edgeInk: number;
  /** Hues in use, of twelve: each on at least 2 of 1,000 pixels. */
  hues: readonly number[];
}

const size = { width: 160, height: 90 };
/** Of 255: what differs by more from the ground is drawn. */
const contrast = 40;
const leastHue = 0.002;
const border = 2;

/** Looks at pictures (JPEG), all in one run of ffmpeg; `null` for one that cannot be decoded. */
export async function lookAtPictures(
  sandbox: Sandbox,
  pictures: readonly Uint8Array[],
): Promise<(PictureLook | null)[]> {
  if (pictures.length === 0) return [];
  return withWorkspace(async (space) => {
    for (const [i, picture] of pictures.entries()) await space.write(`picture_${i}.jpg`, picture);
    const inputs = pictures.flatMap((_, i) => ['-i', `picture_${i}.jpg`]);
    const scale = `scale=${size.width}:${size.height}:flags=area,format=rgb24`;
    const outputs = pictures.flatMap((_, i) => [
      '-map',
      `${i}:v`,
      '-vf',
      scale,
      '-f',
      'rawvideo',
      `rgb_${i}.raw`,
    ]);
    await sandbox.run({
      argv: ['ffmpeg', '-v', 'error', '-nostdin', ...inputs, ...outputs],
      folder: space.folder,
      limits: { cpuSeconds: 60, wallSeconds: 600 },
    });
    const bytes = size.width * size.height * 3;
    const decoded = await Promise.all(pictures.map((_, i) => space.read(`rgb_${i}.raw`, bytes)));
    return decoded.map((rgb) => (rgb === null || rgb.length < bytes ? null : lookOf(rgb)));
  });
}

/** Of raw RGB, 160 x 90. Pure. */
export function lookOf(rgb: Uint8Array): PictureLook {
  const count = size.width * size.height;
  const light = (i: number) => Math.max(rgb[3 * i] ?? 0, rgb[3 * i + 1] ?? 0, rgb[3 * i + 2] ?? 0);
  const levels = new Uint32Array(32);
  for (let i = 0; i < count; i++) levels[light(i) >> 3] = (levels[light(i) >> 3] ?? 0) + 1;
  const ground = levels.indexOf(Math.max(...levels)) * 8 + 4;
  const hues = new Uint32Array(12);
  let [ink, edge, edgeInk] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const drawn = Math.abs(light(i) - ground) > contrast;
    if (drawn) ink++;
    const [x, y] = [i % size.width, Math.floor(i / size.width)];
    const outside = Math.min(x, size.width - 1 - x, y, size.height - 1 - y) < border;
    if (outside) edge++;
    if (outside && drawn) edgeInk++;
    const hue = hueOf(rgb[3 * i] ?? 0, rgb[3 * i + 1] ?? 0, rgb[3 * i + 2] ?? 0);
    if (hue !== null) hues[hue] = (hues[hue] ?? 0) + 1;
  }
  const used = [...hues].flatMap((times, hue) => (times / count >= leastHue ? [hue] : []));
  return { ground: ground / 255, ink: ink / count, edgeInk: edgeInk / edge, hues: used };
}

/** One of twelve; `null` for what has next to no colour. */
function hueOf(r: number, g: number, b: number): number | null {
  const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
  const chroma = high - low;
  if (chroma < 60) return null;
  const sector =
    high === r ? ((g - b) / chroma + 6) % 6 : high === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return Math.floor(sector * 2) % 12;
}
