import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { messageOf } from '../../store/errors.ts';
import { OfflineRefusal } from './refusal.ts';

/** What the noise maker is asked for: size in pixels, frames per second, number of frames, seed. */
export const noiseRequestSchema = z.object({
  width: z.coerce.number().int().min(16).max(1920),
  height: z.coerce.number().int().min(16).max(1920),
  fps: z.coerce.number().int().min(1).max(60),
  num_frames: z.coerce.number().int().min(1).max(3600),
  seed: z.coerce.number().int().nonnegative().default(0),
});
const formSchema = noiseRequestSchema.extend({ model: z.literal('noise-video'), prompt: z.string().min(1) });

export interface NoiseRequest {
  width: number;
  height: number;
  fps: number;
  frames: number;
  seed: number;
}

export type MakeNoiseVideo = (request: NoiseRequest, signal: AbortSignal) => Promise<Uint8Array>;

interface Job {
  id: string;
  asked: z.infer<typeof formSchema>;
  status: 'in_progress' | 'completed' | 'failed';
  bytes: Uint8Array | null;
  cause: string | null;
  abort: AbortController;
}

/** The jobs of `/v1/videos`: created by form, asked for by id, fetched once they are completed, deleted to cancel. */
export interface VideoJobs {
  create(body: Buffer, contentType: string): Promise<unknown>;
  state(id: string): unknown;
  content(id: string): Uint8Array;
  remove(id: string): unknown;
  /** Cancels all jobs. */
  close(): void;
}

export function openVideoJobs(make: MakeNoiseVideo): VideoJobs {
  const jobs = new Map<string, Job>();
  const find = (id: string): Job => {
    const job = jobs.get(id);
    if (job === undefined) throw new OfflineRefusal(404, 'not_found', `there is no video job "${id}"`);
    return job;
  };
  return {
    async create(body, contentType) {
      const job = await newJob(body, contentType);
      jobs.set(job.id, job);
      void work(job, make);
      return describe(job);
    },
    state: (id) => describe(find(id)),
    content(id) {
      const { bytes, status } = find(id);
      if (bytes === null) throw new OfflineRefusal(404, 'not_ready', `video job "${id}" is ${status}`);
      return bytes;
    },
    remove(id) {
      find(id).abort.abort();
      jobs.delete(id);
      return { id, object: 'video.deleted', deleted: true };
    },
    close() {
      for (const job of jobs.values()) job.abort.abort();
    },
  };
}

async function newJob(body: Buffer, contentType: string): Promise<Job> {
  const asked = formSchema.safeParse(await formFields(body, contentType));
  if (!asked.success) throw new OfflineRefusal(400, 'invalid_request', z.prettifyError(asked.error));
  return {
    id: `video_${randomUUID()}`,
    asked: asked.data,
    status: 'in_progress',
    bytes: null,
    cause: null,
    abort: new AbortController(),
  };
}

async function formFields(body: Buffer, contentType: string): Promise<Record<string, unknown>> {
  try {
    const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    return Object.fromEntries(await response.formData());
  } catch (thrown) {
    throw new OfflineRefusal(400, 'invalid_request', `the body is no multipart form: ${messageOf(thrown)}`);
  }
}

async function work(job: Job, make: MakeNoiseVideo): Promise<void> {
  const { width, height, fps, num_frames: frames, seed } = job.asked;
  try {
    job.bytes = await make({ width, height, fps, frames, seed }, job.abort.signal);
    job.status = 'completed';
  } catch (thrown) {
    job.status = 'failed';
    job.cause = messageOf(thrown);
  }
}

function describe({ id, status, asked, cause }: Job) {
  const { model, prompt, width, height, fps, num_frames, seed } = asked;
  const progress = status === 'completed' ? 100 : 0;
  const error = cause === null ? null : { code: 'generation_failed', message: cause };
  const seconds = String(num_frames / fps);
  return {
    id,
    object: 'video',
    status,
    progress,
    error,
    model,
    prompt,
    width,
    height,
    fps,
    num_frames,
    seconds,
    seed,
  };
}
