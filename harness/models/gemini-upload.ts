import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { MmmcError, messageOf } from '../store/errors.ts';
import { sha256File } from '../store/hash.ts';
import { parseJson } from '../store/parse-json.ts';
import { boundedBytes, wholeText } from './body-reader.ts';
import type { VideoPart } from './chat.ts';
import { geminiError } from './gemini-reply.ts';
import { ModelError } from './model-error.ts';
import { openFetch } from './open-fetch.ts';

const fileSchema = z.object({
  name: z.string().regex(/^files\/[\w-]+$/),
  uri: z.string(),
  state: z.string().default('ACTIVE'),
  error: z.object({ message: z.string().nullish() }).nullish(),
});
export type RemoteFile = z.infer<typeof fileSchema>;

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | ReadStream;
  signal: AbortSignal;
}

/**
 * Google's Files API (ai.google.dev, "Files API"). Uploads are streamed from the disk by the resumable protocol: Google's
 * package would read a file whole and send it in one piece. All methods throw ModelError, or the signal's reason.
 */
export class FilesApi {
  readonly #base: string;
  readonly #key: string | null;

  /** `base` ends with the version of the API. */
  constructor(base: string, key: string | null) {
    this.#base = base;
    this.#key = key;
  }

  /** Sends a video, as it was recorded. Throws MmmcError `no_file` and `video_changed`. */
  async upload({ file, mediaType, sha256 }: VideoPart, signal: AbortSignal): Promise<RemoteFile> {
    const size = String(await sizeOf(file));
    if ((await sha256File(file)) !== sha256)
      throw new MmmcError('video_changed', `${file} is not the video that was recorded`, {
        hint: 'Run mmmc check on the bundle.',
      });
    const place = await this.#placeFor(size, mediaType, sha256, signal);
    const headers = {
      'content-length': size,
      'x-goog-upload-offset': '0',
      'x-goog-upload-command': 'upload, finalize',
    };
    const ended = await this.#send(place, { method: 'POST', headers, body: createReadStream(file), signal });
    return (await read(z.object({ file: fileSchema }), ended)).file;
  }

  async look(name: string, signal: AbortSignal): Promise<RemoteFile> {
    return read(fileSchema, await this.#send(`${this.#base}/${name}`, { signal }));
  }

  async delete(name: string, signal: AbortSignal): Promise<void> {
    const response = await this.#send(`${this.#base}/${name}`, { method: 'DELETE', signal });
    await wholeText(boundedBytes(response.body));
  }

  /** Where the bytes go: to the server itself, or to another one over https. */
  async #placeFor(size: string, mediaType: string, sha256: string, signal: AbortSignal): Promise<string> {
    const { origin, pathname } = new URL(this.#base);
    const { headers } = await this.#send(`${origin}/upload${pathname}/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-goog-upload-protocol': 'resumable',
        'x-goog-upload-command': 'start',
        'x-goog-upload-header-content-length': size,
        'x-goog-upload-header-content-type': mediaType,
      },
      body: JSON.stringify({ file: { display_name: sha256.slice(0, 16) } }),
      signal,
    });
    const place = headers.get('x-goog-upload-url') ?? '';
    const url = URL.canParse(place) ? new URL(place) : null;
    if (url?.origin === origin || url?.protocol === 'https:') return place;
    throw new ModelError('malformed', 'the upload has no address, or one that is not safe');
  }

  /** The key goes to the server's own origin alone. */
  async #send(url: string, { headers = {}, ...init }: Sent): Promise<Response> {
    const own = new URL(url).origin === new URL(this.#base).origin;
    const keyed = own && this.#key !== null ? { ...headers, 'x-goog-api-key': this.#key } : headers;
    const response = await openFetch(url, { ...init, headers: keyed });
    if (response.ok) return response;
    const { status } = response;
    // Elsewhere a 404 means that there is no such model.
    if (status === 404)
      throw new ModelError('bad_request', 'HTTP 404: no such file, or no Files API here', { status });
    const text = await response.text();
    throw geminiError(parseJson(text) ?? text, status, response.headers);
  }
}

async function sizeOf(file: string): Promise<number> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new MmmcError('no_file', `the video cannot be read: ${messageOf(cause)}`, { cause });
  });
  return size;
}

async function read<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const answer = schema.safeParse(parseJson(await wholeText(boundedBytes(response.body))));
  if (answer.success) return answer.data;
  throw new ModelError('malformed', 'the answer is no file', { cause: answer.error });
}
