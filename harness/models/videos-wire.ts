import { z } from 'zod';
import { failureClass } from './http-failure.ts';
import type { ListedJob, VideoJob } from './video-protocol.ts';

/** The id becomes part of an address, so it may not hold anything that leaves its place in the path. */
export const jobIdSchema = z
  .string()
  .regex(/^[\w.-]{1,200}$/)
  .refine((id) => !/^\.+$/.test(id));

const states = {
  queued: 'waiting',
  pending: 'waiting',
  in_progress: 'waiting',
  processing: 'waiting',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
  expired: 'failed',
} as const;

const word = z.union([z.string(), z.number()]).nullish();
const errorSchema = z.union([
  z.string().transform((message) => ({ code: null, message })),
  z.object({ code: word, message: z.string().nullish() }),
]);

/** A job as `/videos` servers tell it; unknown fields are kept as evidence. */
const wireSchema = z.looseObject({
  id: jobIdSchema,
  status: z.enum([
    'queued',
    'pending',
    'in_progress',
    'processing',
    'completed',
    'failed',
    'cancelled',
    'expired',
  ]),
  /** Percent. */
  progress: z.number().nullish(),
  model: z.string().nullish(),
  error: errorSchema.nullish(),
  usage: z.looseObject({ cost: z.number().nonnegative().nullish() }).nullish().catch(null),
});
type WireJob = z.infer<typeof wireSchema>;

/** What differs between the servers whose jobs look like this. */
export interface JobPlaces {
  content: (id: string) => string;
  cancels: boolean;
}

export const jobSchema = (places: JobPlaces): z.ZodType<VideoJob> =>
  wireSchema.transform((job) => asJob(job, places));

function asJob(wire: WireJob, { content, cancels }: JobPlaces): VideoJob {
  const { id, status, progress, model } = wire;
  const at = `/videos/${id}`;
  const state = states[status];
  return {
    id,
    state,
    progress: progress == null ? null : Math.min(1, Math.max(0, progress / 100)),
    model: model ?? null,
    failure: state === 'failed' ? failureOf(wire) : null,
    stateAt: at,
    cancel: cancels ? { method: 'DELETE', at } : null,
    video: state === 'completed' ? { at: content(id) } : null,
    costUsd: wire.usage?.cost ?? null,
    record: wire,
  };
}

function failureOf({ id, status, error }: WireJob): VideoJob['failure'] {
  const words = [error?.code, error?.message].filter((said) => said != null && said !== '');
  const cause = `job ${id} ${status}: ${words.join(': ') || 'no cause given'}`;
  return { class: jobFailure(error?.code == null ? null : String(error.code)), cause };
}

/** A job that a filter stopped is the model's refusal; any other one that failed is a failed job. */
export function jobFailure(code: string | null): 'policy' | 'video_job' {
  return failureClass({ status: 400, code, type: null, message: '' }) === 'policy' ? 'policy' : 'video_job';
}

const text = z.string().nullish().catch(null);
const number = z.coerce.number().nullish().catch(null);
const listedSchema = z.looseObject({
  id: jobIdSchema,
  prompt: text,
  seed: number,
  created_at: number,
  idempotency_key: text,
  metadata: z.looseObject({ idempotency_key: text }).nullish().catch(null),
});

/** A server's list of jobs, `{data: […]}`. */
export const listSchema = (places: JobPlaces): z.ZodType<readonly ListedJob[]> => {
  const one = z.looseObject({}).transform((raw, context): ListedJob => {
    const job = jobSchema(places).safeParse(raw);
    const about = listedSchema.safeParse(raw);
    if (job.success && about.success) {
      const { id, prompt, seed, created_at: createdS, idempotency_key: key, metadata } = about.data;
      return {
        id,
        prompt: prompt ?? null,
        seed: seed ?? null,
        key: key ?? metadata?.idempotency_key ?? null,
        createdS: createdS ?? null,
        job: job.data,
      };
    }
    context.addIssue({ code: 'custom', message: 'this is no job' });
    return z.NEVER;
  });
  return z.object({ data: z.array(one) }).transform(({ data }) => data);
};
