import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { getOrMake } from '../../harness/experiment/endpoints.ts';
import type { VideoFrame } from '../../harness/media/ports.ts';
import type { ContentPart } from '../../harness/models/chat.ts';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable, MmmcError } from '../../harness/store/errors.ts';
import { sha256File } from '../../harness/store/hash.ts';
import type { BuildShop } from './shop.ts';
import type { Unit } from './types.ts';

type Image = Extract<ContentPart, { type: 'image' }>;

/** What a model is shown of a unit's video. */
export interface ShownUnit {
  /** Hash of the video's file. */
  sha256: string;
  frames: readonly { timeS: number; image: Image }[];
}

/** Units whose frames are kept in memory: builder and student look at the same ones, at about the same time. */
const kept = 16;

/** Seconds of each frame, in order; the pictures lie beside it as `0.jpg`, `1.jpg`, … */
const indexSchema = z.array(z.number());

/**
 * The frames of units, each video decoded once: they are kept in `build/frames/` of the bundle, so that a later run need
 * not decode what it only looks up. The folder may be deleted.
 */
export class UnitFrames {
  readonly #shop: BuildShop;
  readonly #kept = new Map<string, Promise<ShownUnit | null>>();

  constructor(shop: BuildShop) {
    this.#shop = shop;
  }

  /** At most 24 frames of the unit's own video; `null` when it has none, or none that can be decoded. */
  of(unit: Unit): Promise<ShownUnit | null> {
    const { video } = unit;
    if (video === null) return Promise.resolve(null);
    const path = isAbsolute(video) ? video : join(this.#shop.bundle.paths.folder, video);
    const shown = getOrMake(this.#kept, path, () => this.#show(path));
    shown.catch(() => this.#kept.delete(path));
    for (const [oldest] of this.#kept) if (this.#kept.size > kept) this.#kept.delete(oldest);
    return shown;
  }

  async #show(path: string): Promise<ShownUnit | null> {
    const hash = await sha256File(path);
    const folder = join(this.#shop.bundle.paths.folder, 'build/frames', hash);
    const frames = readFrames(folder) ?? (await this.#choose(path, folder));
    if (frames.length === 0) return null;
    const shown = frames.map(({ timeS, jpeg }) => ({ timeS, image: imageOf(hash, timeS, jpeg) }));
    return { sha256: hash, frames: shown };
  }

  /** None when the video cannot be decoded: its questions stay unverified. */
  async #choose(path: string, folder: string): Promise<readonly VideoFrame[]> {
    const { control, media } = this.#shop;
    control.checkpoint();
    try {
      const frames = await control.track(media.frames(path, control.signal));
      writeFrames(folder, frames);
      return frames;
    } catch (thrown) {
      if (thrown instanceof MmmcError && thrown.code === 'video_undecodable') return [];
      throw thrown;
    }
  }
}

function readFrames(folder: string): VideoFrame[] | null {
  const index = join(folder, 'frames.json');
  if (!existsSync(index)) return null;
  const times = indexSchema.parse(JSON.parse(readFileSync(index, 'utf8')));
  return times.map((timeS, i) => ({ timeS, jpeg: readFileSync(join(folder, `${i}.jpg`)) }));
}

/** The index last, so that what a kill leaves behind is made again. */
function writeFrames(folder: string, frames: readonly VideoFrame[]): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(folder, cause);
  }
  for (const [i, { jpeg }] of frames.entries()) writeWhole(join(folder, `${i}.jpg`), jpeg);
  writeWhole(join(folder, 'frames.json'), JSON.stringify(frames.map(({ timeS }) => timeS)));
}

function imageOf(hash: string, timeS: number, bytes: Uint8Array): Image {
  return { type: 'image', mediaType: 'image/jpeg', bytes, source: `${hash}@${timeS.toFixed(3)}` };
}
