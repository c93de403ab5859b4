import { stat } from 'node:fs/promises';
import type { ChatRequest, VideoPart } from './chat.ts';
import type { VideoSource } from './gemini-body.ts';
import type { GeminiFiles } from './gemini-files.ts';
import { VideoUrls } from './video-urls.ts';

/**
 * Videos up to so many bytes together go within a request; above, they are uploaded. In base64 that is 20 MB, what a request
 * could have before January 2026, and a short film is sent sooner than it is uploaded and looked at.
 */
export const largestInline = 15 * 1000 * 1000;

/** How the whole videos of one endpoint reach Google: encoded once for all requests, or uploaded once. */
export class GeminiVideos {
  readonly #urls = new VideoUrls();
  readonly #files: GeminiFiles;
  readonly #mostInline: number;

  constructor(files: GeminiFiles, mostInline: number) {
    this.#files = files;
    this.#mostInline = mostInline;
  }

  /** For one request; the addresses of uploaded videos are added to `uploaded`. */
  async sourceFor(request: ChatRequest, uploaded: Set<string>, signal: AbortSignal): Promise<VideoSource> {
    const sizes = await Promise.all(videosOf(request).map(sizeOf));
    const inline = sizes.reduce((sum, size) => sum + size, 0) <= this.#mostInline;
    return async (video) => {
      const { mediaType: mimeType } = video;
      if (inline) {
        const url = await this.#urls.of(video);
        return { inlineData: { mimeType, data: url.slice(url.indexOf(',') + 1) } };
      }
      const fileUri = await this.#files.uriOf(video, signal);
      uploaded.add(fileUri);
      return { fileData: { mimeType, fileUri } };
    };
  }

  /** The server no longer has these. */
  forget(uploaded: ReadonlySet<string>): void {
    this.#files.forget(uploaded);
  }

  async close(): Promise<void> {
    this.#urls.clear();
    await this.#files.close();
  }
}

const videosOf = ({ messages }: ChatRequest): VideoPart[] =>
  messages.flatMap(({ content }) => content.flatMap((part) => (part.type === 'video' ? part : [])));

/** What cannot be read is told by whoever reads it. */
const sizeOf = ({ file }: VideoPart) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
