import { z } from 'zod';
import { parseJson } from '../store/parse-json.ts';
import type { ChatReply, FinishReason, TokenUsage } from './chat.ts';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';

/** What is no count is unknown: odd bookkeeping of a server does not spoil a reply that was paid for. */
const count = z.int().nonnegative().nullish().catch(null);
const usageSchema = z
  .object({
    /** OpenRouter's own bill for the call, in USD. */
    cost: z.number().nonnegative().nullish().catch(null),
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
    completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
  })
  .nullish()
  .catch(null);

/** Final text alone: `reasoning_content` and the like are not read. */
const saidSchema = z.object({ content: z.string().nullish(), refusal: z.string().nullish() });
const finish = z.string().nullish();

/** What we read of a completion; servers add fields at will. */
const completionSchema = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ finish_reason: finish, message: saidSchema })).min(1),
  usage: usageSchema,
});

/** One piece of a streamed completion; the last one has the usage and no choice. */
const chunkSchema = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ finish_reason: finish, delta: saidSchema.nullish() })).nullish(),
  usage: usageSchema,
});
export type Chunk = z.infer<typeof chunkSchema>;

/** Some gateways answer 200 with an error in the body, or in the middle of a stream. */
const errorBodySchema = z.object({
  error: z.object({
    message: z.string().default('no message'),
    code: z.union([z.string(), z.number()]).nullish(),
    type: z.string().nullish(),
  }),
});

/** A completion as a reply. Throws ModelError: `malformed`, or what the body says went wrong. */
export function readCompletion(body: string): ChatReply {
  const { model, choices, usage } = readAs(completionSchema, body, 'no chat completion');
  const [choice] = choices;
  return replyOf({ ...choice?.message, finish: choice?.finish_reason, model, usage });
}

/** A piece of a stream; errors as in `readCompletion`. */
export function readChunk(data: string): Chunk {
  return readAs(chunkSchema, data, 'no part of a chat completion');
}

/** What was said, as a reply. An empty content is an empty text; a refusal's words are the text of a `refusal`. */
export function replyOf(said: {
  content?: string | null | undefined;
  refusal?: string | null | undefined;
  finish: string | null | undefined;
  model: string | null | undefined;
  usage: Chunk['usage'];
}): ChatReply {
  const refusal = said.refusal ?? '';
  const cost = said.usage?.cost;
  return {
    text: refusal === '' ? (said.content ?? '') : refusal,
    finish: refusal === '' ? finishReason(said.finish) : 'refusal',
    usage: tokenUsage(said.usage),
    servedModel: said.model ?? null,
    ...(cost == null ? {} : { providerCostUsd: cost }),
  };
}

function readAs<T>(schema: z.ZodType<T>, text: string, problem: string): T {
  const body = parseJson(text);
  // Asked first, for a refused parse is dear, and a stream has a thousand pieces.
  const failed = hasError(body) ? errorBodySchema.safeParse(body) : null;
  if (failed?.success) throw bodyError(failed.data.error);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const what = /^\s*</.test(text) ? 'a page of HTML: is base_url right?' : problem;
  throw new ModelError('malformed', `the reply is ${what} ${text.slice(0, 200)}`, { cause: parsed.error });
}

const hasError = (body: unknown) =>
  typeof body === 'object' && body !== null && 'error' in body && body.error != null;

function bodyError({ message, code, type }: z.infer<typeof errorBodySchema>['error']): ModelError {
  return httpError({
    status: typeof code === 'number' ? code : 200,
    code: code == null ? null : String(code),
    type: type ?? null,
    message,
    headers: new Headers(),
  });
}

function finishReason(word: string | null | undefined): FinishReason {
  return word === 'stop' || word === 'length' || word === 'content_filter' ? word : 'other';
}

export function tokenUsage(usage: Chunk['usage']): TokenUsage {
  return {
    input: usage?.prompt_tokens ?? null,
    cached: usage?.prompt_tokens_details?.cached_tokens ?? null,
    output: usage?.completion_tokens ?? null,
    reasoning: usage?.completion_tokens_details?.reasoning_tokens ?? null,
  };
}
