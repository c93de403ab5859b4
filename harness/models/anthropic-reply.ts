import { z } from 'zod';
import { parseJson } from '../store/parse-json.ts';
import { eventData } from './body-reader.ts';
import { type ChatReply, type FinishReason, type TokenUsage, unknownUsage } from './chat.ts';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';

const count = z.int().nonnegative().nullish();
const usageSchema = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
});
type Usage = z.infer<typeof usageSchema>;

const messageSchema = z.object({
  model: z.string().nullish(),
  content: z.array(z.object({ type: z.string(), text: z.string().nullish() })),
  stop_reason: z.string().nullish(),
  usage: usageSchema.nullish(),
});

const errorSchema = z.object({
  error: z.object({
    type: z.string().nullish(),
    message: z.string().nullish(),
    details: z.object({ error_code: z.string().nullish() }).nullish(),
  }),
});

/** Events of a stream that say something of the reply; pings, thinking and signatures do not. */
const eventSchema = z.object({
  type: z.string(),
  message: z.object({ model: z.string().nullish(), usage: usageSchema.nullish() }).nullish(),
  delta: z
    .object({ type: z.string().nullish(), text: z.string().nullish(), stop_reason: z.string().nullish() })
    .nullish(),
  usage: usageSchema.nullish(),
});

/** The tokens that a stream told so far; they outlive a failure. */
export interface Heard {
  usage: TokenUsage | null;
}

/** A whole message as a reply. */
export function readMessage(text: string, heard: Heard): ChatReply {
  const message = messageSchema.safeParse(parseJson(text));
  if (!message.success) throw inDisguise(text) ?? malformed('the reply is no message', text, message.error);
  const { content, stop_reason: stop, model, usage } = message.data;
  heard.usage = usage ? tokenUsage(usage) : null;
  const words = content.flatMap((block) => (block.type === 'text' ? (block.text ?? '') : []));
  return replyOf(words.join(''), stop ?? null, model ?? null, heard);
}

/** Puts a streamed message together: it is whole when a stop reason came. */
export async function readStream(bytes: AsyncIterable<Uint8Array>, heard: Heard): Promise<ChatReply> {
  const said = { words: [] as string[], stop: null as string | null, model: null as string | null };
  let counted: Usage = {};
  for await (const data of eventData(bytes)) {
    const event = eventSchema.safeParse(parseJson(data));
    if (!event.success) throw inDisguise(data) ?? malformed('an event of the stream', data, event.error);
    const { type, message, delta, usage } = event.data;
    if (type === 'error') throw inDisguise(data) ?? malformed('an error without words', data);
    if (delta?.type === 'text_delta') said.words.push(delta.text ?? '');
    said.stop = delta?.stop_reason ?? said.stop;
    said.model = message?.model ?? said.model;
    counted = withLater(withLater(counted, message?.usage), usage);
    heard.usage = tokenUsage(counted);
  }
  if (said.stop === null) throw new ModelError('network', 'the stream ended in the middle of the reply');
  return replyOf(said.words.join(''), said.stop, said.model, heard);
}

/** Counts that come later are the better ones: some gateways say 0 first. */
function withLater(before: Usage, later: Usage | null | undefined): Usage {
  const told = Object.entries(later ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return { ...before, ...Object.fromEntries(told) };
}

function replyOf(text: string, stop: string | null, servedModel: string | null, heard: Heard): ChatReply {
  const usage = heard.usage ?? unknownUsage;
  if (stop === 'model_context_window_exceeded')
    throw new ModelError('context_length', 'prompt and reply are longer than the context', { usage });
  return { text, finish: finishOf(stop), usage, servedModel };
}

function finishOf(stop: string | null): FinishReason {
  if (stop === 'end_turn' || stop === 'stop_sequence') return 'stop';
  if (stop === 'max_tokens') return 'length';
  return stop === 'refusal' ? 'refusal' : 'other';
}

/** `input_tokens` leaves out what was read from or written to the cache. The API does not count thinking apart. */
function tokenUsage(usage: Usage): TokenUsage {
  const {
    input_tokens: fresh,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: written,
  } = usage;
  const input = fresh == null ? null : fresh + (cached ?? 0) + (written ?? 0);
  return { input, cached: cached ?? null, output: usage.output_tokens ?? null, reasoning: null };
}

/** HTTP status of each type of error, for errors that come within a stream or with another status. */
const statuses: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** A failure by its status and its type (platform.claude.com, "Errors"). */
export function anthropicError(text: string, status: number, headers: Headers): ModelError {
  const said = errorSchema.safeParse(parseJson(text));
  const { type, message, details } = said.success ? said.data.error : {};
  const words = message ?? text.slice(0, 200);
  if (type === 'not_found_error') return httpError({ ...bare(404, words, headers), code: 'model_not_found' });
  if (details?.error_code === 'enforced_spend_limit_reached')
    return httpError({ ...bare(status, words, headers), code: 'insufficient_quota' });
  if (status === 400 && /prompt is too long/i.test(words))
    return httpError({ ...bare(status, words, headers), code: 'context_length_exceeded' });
  return httpError({ ...bare(status, words, headers), type: type ?? null });
}

const bare = (status: number, message: string, headers: Headers) => ({
  status,
  message,
  headers,
  code: null,
  type: null,
});

/** An error in a body or an event that should have been something else. */
function inDisguise(text: string): ModelError | null {
  const said = errorSchema.safeParse(parseJson(text));
  if (!said.success) return null;
  return anthropicError(text, statuses[said.data.error.type ?? ''] ?? 500, new Headers());
}

function malformed(what: string, text: string, cause?: unknown): ModelError {
  return new ModelError('malformed', `${what}: ${text.slice(0, 200)}`, { cause });
}
