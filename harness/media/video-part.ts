import type { Geometry } from '../render/geometry.ts';
import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';
import { MmmcError } from '../store/errors.ts';
import type { VideoPart } from '../store/plan-file.ts';
import { encode } from './controls.ts';
import { type Visible, visibleOf } from './layout/visible.ts';
import { probeInside, safeInput } from './probe.ts';

/** One rendered part of a video, with its geometry; seconds of the whole video. */
export interface GeometryPart {
  geometry: Geometry;
  startS: number;
  durationS: number;
}

/** A rectangle, in shares of the frame from its top left, and when it is where the text is. */
export interface TextBox {
  x: number;
  y: number;
  width: number;
  height: number;
  fromS: number;
  toS: number;
}

/** Around a text: its box leaves out strokes and what anti-aliasing adds. */
const marginShare = 0.008;

/**
 * Where the text of a video stands: title and lecture lines where a lesson has them, else every text and formula. What a
 * sample of the geometry has may have come right after the one before, and may go only before the next one.
 */
export function textBoxes(parts: readonly GeometryPart[]): TextBox[] {
  const samples = parts.flatMap(({ geometry }) => geometry.samples.map(visibleOf));
  const column = samples.some((sample) => sample.some(({ place }) => place !== 'stage'));
  const isText = ({ place, kind }: Visible) => (column ? place !== 'stage' : kind === 'text');
  return parts.flatMap(({ geometry, startS, durationS }) =>
    geometry.samples.flatMap((sample, i) => {
      const fromS = startS + (geometry.samples[i - 1]?.timeS ?? 0);
      const toS = startS + (geometry.samples[i + 1]?.timeS ?? durationS);
      const [left, bottom, right, top] = sample.frame;
      const [width, height] = [right - left, top - bottom];
      if (toS <= fromS || width <= 0 || height <= 0) return [];
      return visibleOf(sample)
        .filter(isText)
        .map(({ object: { box } }) => ({
          x: (box[0] - left) / width - marginShare,
          y: (top - box[3]) / height - marginShare,
          width: (box[2] - box[0]) / width + 2 * marginShare,
          height: (box[3] - box[1]) / height + 2 * marginShare,
          ...{ fromS, toS },
        }));
    }),
  );
}

/** Boxes that stand still over several samples are one. */
export function joined(boxes: readonly TextBox[]): TextBox[] {
  const open = new Map<string, TextBox>();
  const done: TextBox[] = [];
  for (const box of boxes.toSorted((a, b) => a.fromS - b.fromS)) {
    const key = [box.x, box.y, box.width, box.height].map((n) => n.toFixed(3)).join();
    const last = open.get(key);
    if (last !== undefined && box.fromS < last.toS + 0.002) last.toS = Math.max(last.toS, box.toS);
    else {
      if (last !== undefined) done.push(last);
      open.set(key, { ...box });
    }
  }
  return [...done, ...open.values()];
}

/**
 * Makes the video that shows only the texts of another, or only the rest: everything else is black. Throws
 * `video_undecodable` or `no_control_video`.
 */
export async function makeVideoPart(
  sandbox: Sandbox,
  file: string,
  part: VideoPart,
  boxes: readonly TextBox[],
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  await withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const probed = await probeInside(sandbox, space, 'in.mp4', signal);
    if (!probed.ok) throw new MmmcError('video_undecodable', `no part can be shown: ${probed.reason}`);
    const { width, height, fps, durationS } = probed.facts;
    const [ground, box] = part === 'text' ? ['black', 'white'] : ['white', 'black'];
    const draw = boxes.map(
      ({ x, y, width: w, height: h, fromS, toS }) =>
        `drawbox=x=${pixels(x, width)}:y=${pixels(y, height)}:w=${pixels(w, width)}:h=${pixels(h, height)}:color=${box}:t=fill:enable='gte(t,${fromS.toFixed(3)})*lt(t,${toS.toFixed(3)})'`,
    );
    const mask = `color=${ground}:s=${width}x${height}:r=${fps}:d=${durationS}`;
    const chain = [mask, ...draw, 'format=gbrp'].join(',');
    // A picture times its mask: white keeps it, black hides it.
    await space.write(
      'graph.txt',
      `${chain}[mask];[0:v]format=gbrp[film];[film][mask]blend=all_mode=multiply:shortest=1,format=yuv420p`,
    );
    await encode({ sandbox, space, target, signal }, [
      ...safeInput,
      ...['-i', 'file:in.mp4', '-filter_complex_script', 'graph.txt'],
    ]);
  });
}

/** drawbox takes no box of no size, and cuts what hangs over. */
const pixels = (share: number, side: number) => Math.max(1, Math.round(Math.max(0, share) * side));
