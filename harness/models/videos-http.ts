import { setTimeout as sleepFor } from 'node:timers/promises';
import { z } from 'zod';
import { messageOf } from '../store/errors.ts';
import { type Deadline, deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import type { Access } from './openai.ts';
import { withRetry } from './retry.ts';
import type { VideoModel, VideoReply, VideoRequest } from './video.ts';
import { jobForm, type VideoJob, videoJobSchema } from './videos-wire.ts';
import { fetchJson, fetchOk } from './wire-fetch.ts';

const firstPollMs = 200;
const slowestPollMs = 5_000;
const cancelTimeoutMs = 5_000;
/** A job that was paid for is not lost to one dropped connection: reading its state is tried again. */
const reads = { attempts: 5, maxElapsedMs: 60_000 };

interface Session {
  url: (path: string) => string;
  headers: Record<string, string>;
  limit: Deadline;
}

/**
 * A video generator behind a server with OpenAI-shaped `/videos` (dialect `vllm-omni`: multipart form, explicit
 * `num_frames`, `fps`, `width`, `height`). One call is one job of at most `endpoint.timeoutS`; it is cancelled on the
 * server (DELETE) when it is given up. After the form was sent, a lost connection or a time-out is not retryable:
 * the server may be working on the job already.
 * Throws `ModelError`: `video_job` for a failed job, the class of the failure else; the signal's reason on abort.
 */
export function createVideosHttp(endpoint: Endpoint, access: Access): VideoModel {
  return {
    async generate(request, { signal, onProgress }) {
      signal.throwIfAborted();
      const session: Session = {
        url: (path) => `${access.baseUrl}/videos${path}`,
        headers: access.key === null ? {} : { authorization: `Bearer ${access.key}` },
        limit: deadline(signal, endpoint.timeoutS * 1000),
      };
      const job = await submit(endpoint, request, session);
      try {
        return await collect(job, session, onProgress);
      } catch (thrown) {
        if (!(thrown instanceof ModelError && thrown.failure === 'video_job')) await cancel(job.id, session);
        session.limit.throwIfOver(thrown);
        throw thrown;
      }
    },
  };
}

async function submit(endpoint: Endpoint, request: VideoRequest, session: Session): Promise<VideoJob> {
  try {
    return await fetchJson(videoJobSchema, session.url(''), {
      method: 'POST',
      headers: session.headers,
      body: jobForm(endpoint, request),
      signal: session.limit.signal,
    });
  } catch (thrown) {
    try {
      session.limit.throwIfOver(thrown);
    } catch (over) {
      throw afterSubmission(over);
    }
    throw afterSubmission(thrown);
  }
}

/** Marks failures that leave open whether the server took the job. A refused connection or a status leaves nothing open. */
function afterSubmission(thrown: unknown): unknown {
  if (!(thrown instanceof ModelError) || thrown.status !== null) return thrown;
  if (thrown.failure === 'network' && isRefused(thrown)) return thrown;
  const { failure, message, cause } = thrown;
  return new ModelError(failure, `${message} (the server may have taken the job; it is not sent again)`, {
    submitted: true,
    cause,
  });
}

const causeSchema = z.object({ code: z.string().optional(), cause: z.unknown() });
function isRefused(error: unknown): boolean {
  const parsed = causeSchema.safeParse(error);
  if (!parsed.success) return false;
  return ['ECONNREFUSED', 'ENOTFOUND'].includes(parsed.data.code ?? '') || isRefused(parsed.data.cause);
}

async function collect(
  job: VideoJob,
  session: Session,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<VideoReply> {
  let state = job;
  for (let waitMs = firstPollMs; ; waitMs = Math.min(slowestPollMs, waitMs * 1.5)) {
    if (typeof state.progress === 'number') onProgress?.(Math.min(1, state.progress / 100));
    if (state.status === 'completed') break;
    if (state.status === 'failed' || state.status === 'cancelled') throw failedJob(state);
    await sleepFor(waitMs, undefined, { signal: session.limit.signal });
    state = await read(session, (init) => fetchJson(videoJobSchema, session.url(`/${job.id}`), init));
  }
  const bytes = await read(session, async (init) => {
    const response = await fetchOk(session.url(`/${job.id}/content`), init);
    return response.bytes;
  });
  if (bytes.length === 0) throw new ModelError('video_job', `job ${job.id} completed with an empty file`);
  return { bytes, servedModel: state.model ?? null, echo: state };
}

function read<T>(session: Session, once: (init: RequestInit) => Promise<T>): Promise<T> {
  const { signal } = session.limit;
  return withRetry(() => once({ headers: session.headers, signal }), { ...reads, signal });
}

function failedJob(job: VideoJob): ModelError {
  const words = [job.error?.code, job.error?.message].filter((word) => word != null && word !== '');
  return new ModelError('video_job', `job ${job.id} ${job.status}: ${words.join(': ') || 'no cause given'}`);
}

/** Best effort: what made us give the job up is thrown, and a cancel that fails as well is a warning. */
async function cancel(id: string, session: Session): Promise<void> {
  try {
    await fetchOk(session.url(`/${id}`), {
      method: 'DELETE',
      headers: session.headers,
      signal: AbortSignal.timeout(cancelTimeoutMs),
    });
  } catch (thrown) {
    process.emitWarning(`video job ${id} could not be cancelled: ${messageOf(thrown)}`);
  }
}
