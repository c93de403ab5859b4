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

export interface VideoReply {
  /** The file as the server sent it, unchecked: probe it in the sandbox before anything else reads it. */
  bytes: Uint8Array;
  servedModel: string | null;
  /** What the server says it did (its job record), kept as evidence. */
  echo: Record<string, unknown>;
}

export interface VideoModel {
  /** One job, once. Throws `ModelError` for every failure; rejects with the signal's reason on abort. */
  generate(
    request: VideoRequest,
    options: { signal: AbortSignal; onProgress?: (fraction: number) => void },
  ): Promise<VideoReply>;
}
