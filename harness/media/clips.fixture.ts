import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';

/** Makes a small mp4 with ffmpeg from a lavfi source (and a filter), in the sandbox as everything else. */
export async function makeClip(
  sandbox: Sandbox,
  target: string,
  source: string,
  filter = 'null',
): Promise<string> {
  return withWorkspace(async (space) => {
    const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    const input = ['-f', 'lavfi', '-i', source, '-vf', filter];
    const ran = await sandbox.run({
      argv: ['ffmpeg', '-v', 'error', ...input, ...encoder, 'clip.mp4'],
      folder: space.folder,
    });
    if (await space.copyOut('clip.mp4', target, 50e6)) return target;
    throw new Error(`no clip: ${ran.stderr.toString()}`);
  });
}

/** A line of text drawn at a place, between two moments. */
export function words(text: string, x: number, y: number, from: number, to: number, size = 24): string {
  const font = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
  const shown = `enable='gte(t,${from})*lt(t,${to})'`;
  return `drawtext=fontfile=${font}:text='${text}':x=${x}:y=${y}:fontsize=${size}:fontcolor=white:${shown}`;
}

/** The mean colour of the eighth picture of each second at 15 fps: `r`, `g` or `b`, whichever is strongest. */
export async function colours(sandbox: Sandbox, file: string): Promise<string> {
  return withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const shrink = 'select=eq(mod(n\\,15)\\,7),scale=1:1:flags=area,format=rgb24';
    const raw = ['-vf', shrink, '-vsync', 'passthrough', '-f', 'rawvideo', 'out.raw'];
    await sandbox.run({ argv: ['ffmpeg', '-v', 'error', '-i', 'in.mp4', ...raw], folder: space.folder });
    const pixels = [...((await space.read('out.raw', 10_000)) ?? [])];
    const letters = ['r', 'g', 'b'];
    return Array.from({ length: pixels.length / 3 }, (_, i) => {
      const pixel = pixels.slice(3 * i, 3 * i + 3);
      return letters[pixel.indexOf(Math.max(...pixel))];
    }).join('');
  });
}
