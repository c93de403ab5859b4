import { setTimeout as sleep } from 'node:timers/promises';
import { connectionError } from './call-failure.ts';
import type { VideoPart } from './chat.ts';
import { deadline } from './deadline.ts';
import { FilesApi, type RemoteFile } from './gemini-upload.ts';
import { ModelError } from './model-error.ts';

const [firstLookMs, slowestLookMs] = [250, 5_000];
/** Deletions in the end hold nobody up for longer, ms. */
const deletionMs = 10_000;

/**
 * The videos of one endpoint in Google's Files API: each is uploaded once, waited for until it is ACTIVE, shared by all
 * requests, and deleted in the end.
 */
export class GeminiFiles {
  readonly #api: FilesApi;
  readonly #timeoutMs: number;
  /** By sha256 of the video. */
  readonly #files = new Map<string, Promise<RemoteFile>>();
  /** Addresses of those that are ready, by sha256. */
  readonly #uris = new Map<string, string>();
  /** Whatever lies on the server, also what is of no use. */
  readonly #names = new Set<string>();
  readonly #closing = new AbortController();

  /** `base` ends with the version of the API; a video has `timeoutMs` to be ready. */
  constructor(base: string, key: string | null, timeoutMs: number) {
    this.#api = new FilesApi(base, key);
    this.#timeoutMs = timeoutMs;
  }

  /** The address of an uploaded video. Throws ModelError; `signal` ends the wait of this caller alone. */
  async uriOf(video: VideoPart, signal: AbortSignal): Promise<string> {
    const known = this.#files.get(video.sha256) ?? this.#add(video);
    return (await untilAborted(known, signal)).uri;
  }

  /** The server no longer has these: who asks next uploads them again, unless somebody already does. */
  forget(uris: ReadonlySet<string>): void {
    for (const [sha256, uri] of this.#uris) if (uris.has(uri)) this.#drop(sha256);
  }

  /** Ends what is under way and deletes what was uploaded, best effort: files end by themselves after two days. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the endpoint is closed'));
    await Promise.allSettled(this.#files.values());
    const signal = AbortSignal.timeout(deletionMs);
    const left = await Promise.all([...this.#names].map((name) => this.#isLeft(name, signal)));
    const count = left.filter(Boolean).length;
    if (count > 0)
      process.emitWarning(`${count} uploaded videos could not be deleted; they end after two days`);
  }

  #add(video: VideoPart): Promise<RemoteFile> {
    const { sha256 } = video;
    const ready = this.#ready(video);
    this.#files.set(sha256, ready);
    ready.then(
      ({ uri }) => this.#uris.set(sha256, uri),
      () => this.#drop(sha256),
    );
    return ready;
  }

  #drop(sha256: string): void {
    this.#files.delete(sha256);
    this.#uris.delete(sha256);
  }

  /** It belongs to all who wait for it, so that none of them ends it. */
  async #ready(video: VideoPart): Promise<RemoteFile> {
    const limit = deadline(this.#closing.signal, this.#timeoutMs);
    try {
      const uploaded = await this.#api.upload(video, limit.signal);
      this.#names.add(uploaded.name);
      return await this.#active(uploaded, limit.signal);
    } catch (thrown) {
      limit.throwIfOver(thrown);
      throw connectionError(thrown);
    }
  }

  /** Waits until the server has looked at it. Throws ModelError `malformed` when it cannot read it. */
  async #active(file: RemoteFile, signal: AbortSignal): Promise<RemoteFile> {
    let now = file;
    for (
      let waitMs = firstLookMs;
      now.state === 'PROCESSING';
      waitMs = Math.min(slowestLookMs, waitMs * 1.5)
    ) {
      await sleep(waitMs, undefined, { signal });
      now = await this.#api.look(file.name, signal);
    }
    if (now.state === 'ACTIVE') return now;
    const words = now.error?.message ?? 'no cause given';
    throw new ModelError('malformed', `the uploaded video is ${now.state}: ${words}`);
  }

  /** Deletes a file; one that the server does not know any more is not left. */
  async #isLeft(name: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#api.delete(name, signal);
      return false;
    } catch (thrown) {
      return !(thrown instanceof ModelError && [403, 404].includes(thrown.status ?? 0));
    }
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const over = Promise.withResolvers<never>();
  const abort = () => over.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
