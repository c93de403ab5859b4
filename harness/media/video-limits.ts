/** What of a video is decoded at all: a small file can claim any size and length. */
export const videoLimits = {
  bytes: 2 * 1024 ** 3,
  side: 4096,
  durationS: 2 * 3600,
  fps: 120,
  /** A clip that a model made is refused above this: it is held in memory. */
  clipBytes: 1024 ** 3,
} as const;
