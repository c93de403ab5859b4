import { z } from 'zod';

/** Prices in USD per million tokens, or per second of video; read on `date` from `source`. */
export const priceSchema = z.strictObject({
  input: z.number().nonnegative().optional(),
  cached: z.number().nonnegative().optional(),
  output: z.number().nonnegative().optional(),
  second: z.number().nonnegative().optional(),
  source: z.string(),
  date: z.iso.date(),
});

/**
 * One configured model: provider, address, model id, limits, price (configs/models/*.yaml).
 * Only provider, model and the parameters that are sent take part in an id.
 */
export const endpointSchema = z.strictObject({
  id: z.string().min(1),
  provider: z.enum(['openai', 'videos-http']),
  /** `offline:` is the harness's own loopback server; any other value is the address of a server. */
  baseUrl: z.string().min(1),
  /** Name of the environment variable that holds the key; absent when the server wants none. */
  keyVariable: z.string().optional(),
  model: z.string().min(1),
  /** Sent as they are with each request: temperature, reasoning_effort, seed, … */
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** Name of the field that caps the reply: `max_completion_tokens` for OpenAI's reasoning models. */
  tokenField: z.enum(['max_tokens', 'max_completion_tokens']).default('max_tokens'),
  maxOutputTokens: z.int().positive().default(8192),
  /** Can it see images? A video is shown to it as frames. */
  vision: z.boolean().default(false),
  videoMode: z.enum(['frames']).default('frames'),
  /** Shape of the video server's protocol, for provider videos-http. */
  dialect: z.enum(['vllm-omni']).default('vllm-omni'),
  concurrency: z.int().positive().default(4),
  attempts: z.int().positive().default(5),
  timeoutS: z.number().positive().default(300),
  /** `counted_locally` names a tokenizer of ours instead of the endpoint's own count. */
  usageSource: z.enum(['endpoint', 'counted_locally']).default('endpoint'),
  price: priceSchema.optional(),
  /** How long an offline endpoint lets a reply wait, so that times of scripted runs mean something. */
  latency: z
    .strictObject({ firstMs: z.number().min(0).max(60_000), perTokenMs: z.number().min(0).max(1000) })
    .optional(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** Offline endpoints are scripted stand-ins: figures with one behind them are marked and take part in no verdict. */
export function isOffline(endpoint: Endpoint): boolean {
  return endpoint.baseUrl.startsWith('offline:');
}

/** What counts of an endpoint in an id: never address, key, limits, prices, latency. */
export function endpointIdentity(endpoint: Endpoint) {
  return {
    provider: endpoint.provider,
    model: endpoint.model,
    parameters: endpoint.parameters,
    maxOutputTokens: endpoint.maxOutputTokens,
  };
}
