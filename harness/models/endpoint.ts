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
export type Price = z.infer<typeof priceSchema>;

/** `offline:`, or an address that a request's path can be put behind; a key in it would end up in bundles. */
const baseUrlSchema = z
  .string()
  .default('')
  .refine(
    (text) => text === '' || text.startsWith('offline:') || /^https?:$/.test(partsOf(text)?.protocol ?? ''),
    {
      error: ({ input }) => `${JSON.stringify(input)} is no address: write it as https://host/v1`,
    },
  )
  .refine((text) => !/[?@]/.test(text), {
    error: 'an address with a key or password in it: name the variable that holds the key in key_variable',
  });

const partsOf = (text: string) => (URL.canParse(text) ? new URL(text) : null);

/**
 * One configured model: provider, address, model id, limits, price (configs/models/*.yaml).
 * Only provider, model and the parameters that are sent take part in an id.
 */
export const endpointSchema = z.strictObject({
  id: z.string().min(1),
  provider: z.enum(['openai', 'gemini', 'anthropic', 'videos-http', 'gemini-omni', 'command']),
  /** `offline:` is the harness's own loopback server; any other value is the address of a server. None for `command`. */
  baseUrl: baseUrlSchema,
  /** For provider `command`: program and arguments. */
  command: z.array(z.string().min(1)).min(1).optional(),
  /** For provider `command`: the variables of our environment that it may see, beside PATH and the locale. */
  environment: z.array(z.string()).default([]),
  /** Environment variables that may hold the key, the first that does wins; absent when the server wants none. */
  keyVariable: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  model: z.string().min(1),
  /** Sent as they are with each request: temperature, reasoning_effort, seed, … */
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** The parameters that the model takes; others are refused before anything is sent. Absent: any. */
  accepts: z.array(z.string()).optional(),
  /** Name of the field that caps the reply: `max_completion_tokens` for OpenAI's reasoning models. */
  tokenField: z.enum(['max_tokens', 'max_completion_tokens']).default('max_tokens'),
  maxOutputTokens: z.int().positive().default(8192),
  /** Tokens that prompt and reply may have together; absent: not known. */
  contextTokens: z.int().positive().optional(),
  /** Replies come as they are made, where the provider can: then a stall is noticed. */
  stream: z.boolean().default(true),
  /** A stall: so many seconds without a byte of a streamed reply. */
  stallS: z.number().positive().default(120),
  /** Does the server enforce a JSON Schema? Else the form is asked for in words and checked by us. */
  structured: z.enum(['json_schema', 'none']).default('none'),
  /** Can it see images? A video is shown to it as frames. */
  vision: z.boolean().default(false),
  /** How it is shown a video: as pictures with their times, or whole, in the shape that its server reads. */
  videoMode: z.enum(['frames', 'native', 'vllm', 'sglang', 'openrouter']).default('frames'),
  /** Frames a second that a model takes from a whole video, and their size, where its server lets us choose. */
  videoFps: z.number().positive().max(60).optional(),
  videoResolution: z.enum(['low', 'medium', 'high']).optional(),
  /** Shape of the video server's protocol, for provider videos-http. */
  dialect: z.enum(['vllm-omni', 'sglang', 'openrouter', 'dynamo-sync']).default('vllm-omni'),
  /** The clip that a video model makes best, or at all; a method's settings come first. */
  clip: z
    .strictObject({
      width: z.int().min(16).max(4096),
      height: z.int().min(16).max(4096),
      fps: z.int().positive().max(60),
      frames: z.int().positive().max(3600),
    })
    .optional(),
  /** Calls under way at once, at most. */
  concurrency: z.int().positive().default(4),
  requestsPerMinute: z.number().positive().optional(),
  tokensPerMinute: z.number().positive().optional(),
  attempts: z.int().positive().default(5),
  timeoutS: z.number().positive().default(300),
  /** `counted_locally` names a tokenizer of ours instead of the endpoint's own count. */
  usageSource: z.enum(['endpoint', 'counted_locally']).default('endpoint'),
  /** A price of its own, or the name of one in configs/prices.yaml. Absent: looked up by provider and model. */
  price: z.union([priceSchema, z.string()]).optional(),
  /** When the model was shut down, or will be; and what its maker names in its place. */
  retired: z.iso.date().optional(),
  replacement: z.string().optional(),
  /** When state, limits and abilities of this entry were read, and where. */
  read: z.iso.date().optional(),
  source: z.string().optional(),
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
    // Absent from an id where there is none, as from those of earlier bundles.
    ...(endpoint.clip && { clip: endpoint.clip }),
  };
}
