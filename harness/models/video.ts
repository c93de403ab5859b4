import type { Endpoint } from './endpoint.ts';

/** The port to video generators: submit a prompt, wait, fetch the bytes. */
export interface VideoRequest {
  prompt: string;
  /** Pixels and frames are always sent: server defaults differ wildly (1 frame to 4 s). */
  width: number;
  height: number;
  fps: number;
  frames: number;
  seed: number;
}

/** A video as a method wishes it: what it does not say is the endpoint's own (`clip`), or as small as Manim's low quality. */
export interface VideoWish {
  prompt: string;
  seed: number;
  width?: number | undefined;
  height?: number | undefined;
  fps?: number | undefined;
  seconds?: number | undefined;
}

const smallClip = { width: 854, height: 480, fps: 15, frames: 75 };

/** The request that a wish becomes at an endpoint. */
export function requestOf(wish: VideoWish, { clip = smallClip }: Pick<Endpoint, 'clip'>): VideoRequest {
  const { prompt, seed, width = clip.width, height = clip.height, fps = clip.fps, seconds } = wish;
  const own = seconds === undefined && fps === clip.fps;
  const frames = own ? clip.frames : Math.round((seconds ?? clip.frames / clip.fps) * fps);
  return { prompt, width, height, fps, frames: Math.max(1, frames), seed };
}

export interface VideoReply {
  /** The file as the server sent it, unchecked: probe it in the sandbox before anything else reads it. */
  bytes: Uint8Array;
  servedModel: string | null;
  /** What the server says it did (its job record), kept as evidence. */
  echo: Record<string, unknown>;
  /** What the server says that it charged, USD. */
  providerCostUsd?: number;
}

export interface VideoModel {
  /** One job, once. Throws `ModelError` for every failure; rejects with the signal's reason on abort. */
  generate(
    request: VideoRequest,
    options: {
      signal: AbortSignal;
      onProgress?: (fraction: number) => void;
      /** The idempotency key of its first submission. */
      key?: string;
      /** When an earlier process may have submitted it under this key, Unix time in s: it is looked up first. */
      sentS?: number;
    },
  ): Promise<VideoReply>;
}
