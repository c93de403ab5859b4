import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { fileOf, jsonBody, sizeOf, type VideoProtocol, wholeSeconds } from './video-protocol.ts';
import { jobFailure, jobIdSchema, jobSchema, listSchema } from './videos-wire.ts';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const plain = { content: (id: string) => `/videos/${id}/content`, cancels: true };
const listed = { at: '/videos?limit=100&order=desc', jobs: listSchema(plain) };

/** vLLM-Omni (its Videos API): a multipart form; parameters that are no plain values travel as JSON text. */
const vllmOmni: VideoProtocol = {
  auth: bearer,
  async submission(endpoint, request) {
    const { width, height, fps, frames, seed, prompt } = request;
    const ours = { model: endpoint.model, prompt, width, height, fps, num_frames: frames, seed };
    return { at: '/videos', ...(await formBody({ ...endpoint.parameters, ...ours })) };
  },
  job: jobSchema(plain),
  list: listed,
  synchronous: false,
};

/** SGLang's generation server: JSON. `num_frames` decides; `seconds` is what it falls back to. */
const sglang: VideoProtocol = {
  ...vllmOmni,
  async submission(endpoint, request) {
    const { fps, frames, seed, prompt } = request;
    const size = sizeOf(request);
    const seconds = wholeSeconds(request);
    const ours = { model: endpoint.model, prompt, size, seconds, fps, num_frames: frames, seed };
    return { at: '/videos', ...jsonBody({ ...endpoint.parameters, ...ours }) };
  },
};

const openRouterPlaces = { content: (id: string) => `/videos/${id}/content?index=0`, cancels: false };

/** OpenRouter: JSON, whole seconds, no frame rate. A `resolution` among the parameters takes the place of the size in pixels. */
const openRouter: VideoProtocol = {
  auth: bearer,
  async submission({ model, parameters }, request) {
    const { seed, prompt } = request;
    const size = 'resolution' in parameters ? {} : { size: sizeOf(request) };
    const ours = { model, prompt, duration: wholeSeconds(request), ...size, seed };
    return { at: '/videos', ...jsonBody({ ...parameters, ...ours }) };
  },
  job: jobSchema(openRouterPlaces),
  list: null,
  synchronous: false,
};

/** NVIDIA Dynamo: JSON with extensions under `nvext`, answered by the finished video. */
const dynamoSync: VideoProtocol = {
  auth: bearer,
  async submission({ model, parameters }, request) {
    const { fps, frames, seed, prompt } = request;
    const given = z.record(z.string(), z.unknown()).catch({}).parse(parameters.nvext);
    const nvext = { ...given, fps, num_frames: frames, seed };
    const ours = { model, prompt, seconds: wholeSeconds(request), size: sizeOf(request), nvext };
    return { at: '/videos', ...jsonBody({ response_format: 'b64_json', ...parameters, ...ours }) };
  },
  job: z
    .looseObject({
      id: jobIdSchema.nullish(),
      status: z.enum(['completed', 'failed']).optional(),
      model: z.string().nullish(),
      error: z.union([z.string(), z.looseObject({ code: z.string().nullish() })]).nullish(),
      data: z.array(z.looseObject({ url: z.string().nullish(), b64_json: z.string().nullish() })).default([]),
    })
    .refine(({ status, data }) => status !== undefined || data.length > 0)
    .transform((wire) => {
      const [file] = wire.data;
      const { id, status = 'completed', model, error } = wire;
      const code = typeof error === 'object' ? (error?.code ?? null) : null;
      const said = typeof error === 'string' ? error : JSON.stringify(error ?? 'no cause given');
      const failed = status === 'failed';
      return {
        id: id ?? 'unnamed',
        state: status,
        progress: null,
        model: model ?? null,
        failure: failed ? { class: jobFailure(code), cause: `the job failed: ${said}` } : null,
        stateAt: null,
        cancel: null,
        video: failed ? null : fileOf(file?.b64_json, file?.url),
        costUsd: null,
        record: { ...wire, data: wire.data.map(({ b64_json: _, ...rest }) => rest) },
      };
    }),
  list: null,
  synchronous: true,
};

export const videoDialects: Readonly<Record<Endpoint['dialect'], VideoProtocol>> = {
  'vllm-omni': vllmOmni,
  sglang,
  openrouter: openRouter,
  'dynamo-sync': dynamoSync,
};

async function formBody(fields: Record<string, unknown>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  // Written out here, since a form belongs to the fetch it was made for.
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? 'multipart/form-data';
  return { contentType, body: new Uint8Array(await encoded.arrayBuffer()) };
}
