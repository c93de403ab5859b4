import type { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import type { FailureClass } from './model-error.ts';
import type { VideoRequest } from './video.ts';

/** A job of a video server, as its protocol reads it from any answer about it. Places are paths behind the base URL, or addresses. */
export interface VideoJob {
  id: string;
  state: 'waiting' | 'completed' | 'failed';
  /** 0 to 1; `null` where the server does not say. */
  progress: number | null;
  model: string | null;
  /** Why it failed: the class, and the server's own words. */
  failure: { class: FailureClass; cause: string } | null;
  /** Where its state is asked for; `null` where the first answer is the last. */
  stateAt: string | null;
  /** How it is given up; `null` where it cannot be. */
  cancel: { method: 'DELETE' | 'POST'; at: string } | null;
  /** The file, once it is completed: its bytes, or where they are. */
  video: { bytes: Uint8Array } | { at: string } | null;
  /** USD, where the server tells what it charged. */
  costUsd: number | null;
  /** What the server told, without the file itself. */
  record: Record<string, unknown>;
}

/** A job in a server's list, as far as it can be told whose it is. */
export interface ListedJob {
  id: string;
  prompt: string | null;
  seed: number | null;
  /** The idempotency key that it was sent with, if the server keeps it. */
  key: string | null;
  /** Unix time, seconds. */
  createdS: number | null;
  job: VideoJob;
}

/** What differs from one video server to the next; the life of a job is the same for all (video-jobs.ts). */
export interface VideoProtocol {
  /** The headers that carry the key. */
  auth(key: string): Record<string, string>;
  /** Where and with what body a job is submitted. */
  submission(
    endpoint: Endpoint,
    request: VideoRequest,
  ): Promise<{ at: string; contentType: string; body: string | Uint8Array }>;
  job: z.ZodType<VideoJob>;
  /** The server's recent jobs, where it keeps a list: so a lost answer need not be paid twice. */
  list: { at: string; jobs: z.ZodType<readonly ListedJob[]> } | null;
  /** Is the submission answered by the finished video? Then it may take as long as the job. */
  synchronous: boolean;
}

/** The length that is asked for, in whole seconds, for servers that know no other. */
export const wholeSeconds = ({ frames, fps }: VideoRequest): number => Math.max(1, Math.round(frames / fps));

export const sizeOf = ({ width, height }: VideoRequest): string => `${width}x${height}`;

export const jsonBody = (value: unknown) => ({
  contentType: 'application/json',
  body: JSON.stringify(value),
});

/** A file within the answer, or its address. */
export function fileOf(base64: string | null | undefined, at: string | null | undefined) {
  if (base64) return { bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
  return at ? { at } : null;
}
