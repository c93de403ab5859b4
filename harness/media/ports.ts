/** What is known of a video file, read by ffprobe inside the sandbox. */
export interface VideoFacts {
  durationS: number;
  width: number;
  height: number;
  fps: number;
  codec: string;
  audio: boolean;
  sha256: string;
  bytes: number;
}

/** One frame shown to a chat model: when it is seen, and the picture. */
export interface VideoFrame {
  timeS: number;
  jpeg: Uint8Array;
}
