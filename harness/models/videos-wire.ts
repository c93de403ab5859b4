import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import type { VideoRequest } from './video.ts';

/** The id becomes part of an address, so it may not hold anything that leaves its place in the path. */
const jobIdSchema = z
  .string()
  .regex(/^[\w.-]{1,200}$/)
  .refine((id) => !/^\.+$/.test(id));

/** A job as the server tells it; unknown fields are kept as evidence. */
export const videoJobSchema = z.looseObject({
  id: jobIdSchema,
  status: z.enum(['queued', 'in_progress', 'processing', 'completed', 'failed', 'cancelled']),
  progress: z.number().nullish(),
  model: z.string().nullish(),
  error: z
    .object({ code: z.union([z.string(), z.number()]).nullish(), message: z.string().nullish() })
    .nullish(),
});
export type VideoJob = z.infer<typeof videoJobSchema>;

/** The multipart form of a job in the `vllm-omni` dialect. Parameters that are no plain values travel as JSON text. */
export function jobForm(endpoint: Endpoint, request: VideoRequest): FormData {
  const fields: Record<string, unknown> = {
    ...endpoint.parameters,
    model: endpoint.model,
    prompt: request.prompt,
    width: request.width,
    height: request.height,
    fps: request.fps,
    num_frames: request.frames,
    seed: request.seed,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return form;
}
