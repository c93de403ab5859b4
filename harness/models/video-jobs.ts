import { setTimeout as sleepFor } from 'node:timers/promises';
import { type Deadline, deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import type { Access } from './providers.ts';
import { withRetry } from './retry.ts';
import type { VideoModel, VideoReply } from './video.ts';
import { KnownJobs } from './video-lookup.ts';
import type { VideoJob, VideoProtocol } from './video-protocol.ts';
import { VideoServer } from './video-server.ts';
import { asTaken, cancel, outOfTime, type Session, submit } from './video-submit.ts';

const firstPollMs = 100;
const slowestPollMs = 5_000;
/** What the server tells of a job is kept, unless it is longer than this, characters. */
const longestRecord = 256 * 1024;
/** A job that was paid for is not lost to one dropped connection: reading its state is tried again. */
const reads = { attempts: 5, maxElapsedMs: 60_000 };

/**
 * A video generator behind any server that takes jobs: submit, poll, fetch. One call is one job of at most `endpoint.timeoutS`; it
 * is given up on the server, where that can be told, when it is given up here; a finished one is left there. Once the server has
 * the job, no failure is one to try again: that would pay twice. Throws `ModelError`: `video_job` for a failed job, `policy` for
 * one that was blocked, the class of the failure else; the signal's reason on abort.
 */
export function createVideoJobs(protocol: VideoProtocol, endpoint: Endpoint, access: Access): VideoModel {
  const server = new VideoServer(access, protocol);
  const known = new KnownJobs(endpoint);
  return {
    async generate(request, { signal, onProgress, key, sentS }) {
      signal.throwIfAborted();
      const limit = deadline(signal, endpoint.timeoutS * 1000);
      const session: Session = { endpoint, protocol, server, known, limit };
      let job = await submit(request, session, { key, sentS });
      const seen = (state: VideoJob) => {
        job = state;
        if (state.progress !== null) onProgress?.(state.progress);
      };
      try {
        return await fetched(await ended(job, session, seen), session);
      } catch (thrown) {
        if (job.state === 'waiting') await cancel(job, server);
        throw asTaken(outOfTime(limit, thrown));
      }
    },
  };
}

/** Looks at a job until it has ended. Throws ModelError when it failed. */
async function ended(
  job: VideoJob,
  { server, protocol, limit }: Session,
  seen: (state: VideoJob) => void,
): Promise<VideoJob> {
  let state = job;
  for (let waitMs = firstPollMs; ; waitMs = Math.min(slowestPollMs, waitMs * 1.5)) {
    seen(state);
    if (state.state === 'completed') return state;
    const { failure, stateAt } = state;
    if (failure !== null || stateAt === null)
      throw new ModelError(
        failure?.class ?? 'video_job',
        failure?.cause ?? `job ${job.id} ended without a word`,
      );
    await sleepFor(waitMs, undefined, { signal: limit.signal });
    state = after(state, await read(limit, (init) => server.json(protocol.job, stateAt, init)));
  }
}

/** What a later answer does not say again holds on. */
function after(before: VideoJob, now: VideoJob): VideoJob {
  return {
    ...now,
    model: now.model ?? before.model,
    costUsd: now.costUsd ?? before.costUsd,
    record: { ...before.record, ...now.record },
  };
}

async function fetched(
  { id, video, model, costUsd, record }: VideoJob,
  { server, limit }: Session,
): Promise<VideoReply> {
  if (video === null) throw new ModelError('video_job', `job ${id} completed without a video`);
  const bytes = 'bytes' in video ? video.bytes : await read(limit, (init) => server.file(video.at, init));
  if (bytes.length === 0) throw new ModelError('video_job', `job ${id} completed with an empty file`);
  const providerCost = costUsd === null ? {} : { providerCostUsd: costUsd };
  return { bytes, servedModel: model, echo: kept(record), ...providerCost };
}

function read<T>({ signal }: Deadline, once: (init: RequestInit) => Promise<T>): Promise<T> {
  return withRetry(() => once({ signal }), { ...reads, signal });
}

function kept(record: Record<string, unknown>): Record<string, unknown> {
  const { length } = JSON.stringify(record);
  return length <= longestRecord ? record : { note: `the record of ${length} characters was not kept` };
}
