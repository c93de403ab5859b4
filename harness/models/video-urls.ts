import { readFile } from 'node:fs/promises';
import { MmmcError, messageOf } from '../store/errors.ts';
import { sha256 } from '../store/hash.ts';
import type { VideoPart } from './chat.ts';

/** Data URLs that an endpoint keeps at once, characters. */
const mostKept = 256 * 1024 * 1024;

/**
 * Videos as data URLs, each built once and shared by the requests of an endpoint, the least used given up first when they
 * get too many. A file that is not what was recorded of it is refused, so that no other video is judged in its place.
 */
export class VideoUrls {
  readonly #most: number;
  /** By sha256, the last used at the end. */
  readonly #urls = new Map<string, Promise<string>>();
  /** Lengths of those that are built. */
  readonly #lengths = new Map<string, number>();

  constructor(most: number = mostKept) {
    this.#most = most;
  }

  /** Throws MmmcError `no_file`, `video_changed`, or `video_too_large` where it would not fit alone. */
  of(video: VideoPart): Promise<string> {
    const { sha256: key } = video;
    const url = this.#urls.get(key) ?? this.#build(video);
    this.#urls.delete(key);
    this.#urls.set(key, url);
    return url;
  }

  clear(): void {
    this.#urls.clear();
    this.#lengths.clear();
  }

  async #build(video: VideoPart): Promise<string> {
    try {
      const url = await dataUrlOf(video, this.#most);
      this.#lengths.set(video.sha256, url.length);
      this.#giveUp();
      return url;
    } catch (thrown) {
      this.#urls.delete(video.sha256);
      throw thrown;
    }
  }

  #giveUp(): void {
    let total = [...this.#lengths.values()].reduce((sum, length) => sum + length, 0);
    for (const key of this.#urls.keys()) {
      if (total <= this.#most) return;
      total -= this.#lengths.get(key) ?? 0;
      // What is still being built is waited for by somebody, and counts when it is done.
      if (this.#lengths.delete(key)) this.#urls.delete(key);
    }
  }
}

async function dataUrlOf({ file, mediaType, sha256: recorded }: VideoPart, most: number): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MmmcError('no_file', `the video cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (sha256(bytes) !== recorded)
    throw new MmmcError('video_changed', `${file} is not the video that was recorded`, {
      hint: 'Run mmmc check on the bundle.',
    });
  const url = `data:${mediaType};base64,`;
  if (url.length + Math.ceil(bytes.length / 3) * 4 > most)
    throw new MmmcError('video_too_large', `${file} is too large to be sent within a request`, {
      hint: 'Show it as frames: video_mode: frames.',
    });
  return url + bytes.toString('base64');
}
