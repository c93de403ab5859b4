import type { z } from 'zod';
import { videoLimits } from '../media/video-limits.ts';
import { ModelError } from './model-error.ts';
import type { Access } from './providers.ts';
import type { VideoProtocol } from './video-protocol.ts';
import { fetchJson, fetchOk } from './wire-fetch.ts';

/** An answer may hold a video in base64; a longer text would not fit into a string. */
const largestAnswer = 480 * 1024 ** 2;

/**
 * A video server as seen by one job: its places, and the key, which is sent to its own origin and nowhere else. Other origins are
 * asked over https only. Throws `ModelError`; the signal's reason on abort.
 */
export class VideoServer {
  readonly #access: Access;
  readonly #protocol: VideoProtocol;

  constructor(access: Access, protocol: VideoProtocol) {
    this.#access = access;
    this.#protocol = protocol;
  }

  json<T>(schema: z.ZodType<T>, at: string, init: RequestInit): Promise<T> {
    return fetchJson(schema, this.#url(at).href, init, { most: largestAnswer, headersFor: this.#headersFor });
  }

  /** For its effect alone. */
  async tell(at: string, init: RequestInit): Promise<void> {
    await fetchOk(this.#url(at).href, init, { headersFor: this.#headersFor });
  }

  /** A video's bytes; a page or a message in its place is `malformed`. */
  async file(at: string, init: RequestInit): Promise<Uint8Array> {
    const options = { most: videoLimits.clipBytes, headersFor: this.#headersFor };
    const { bytes, headers } = await fetchOk(this.#url(at).href, init, options);
    const type = headers.get('content-type') ?? '';
    if (!/^(text\/|application\/(problem\+)?json)/.test(type)) return bytes;
    const said = new TextDecoder().decode(bytes.subarray(0, 200));
    throw new ModelError('malformed', `the server sent ${type} in place of a video: ${said}`);
  }

  /** A path behind the base URL, or a whole address that the server gave. */
  #url(at: string): URL {
    const { baseUrl } = this.#access;
    const url = at.startsWith('/') ? `${baseUrl}${at}` : at;
    if (URL.canParse(url)) return new URL(url);
    throw new ModelError('malformed', `the server gave an address that is none: ${at.slice(0, 200)}`);
  }

  #origin(): string {
    return new URL(this.#access.baseUrl).origin;
  }

  readonly #headersFor = (url: URL): Record<string, string> => {
    const own = url.origin === this.#origin();
    if (!own && url.protocol !== 'https:')
      throw new ModelError(
        'malformed',
        `the server sends us to ${url.protocol}//${url.host}, which is not https`,
      );
    return own && this.#access.key !== null ? this.#protocol.auth(this.#access.key) : {};
  };
}
