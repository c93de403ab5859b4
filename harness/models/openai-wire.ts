import { z } from 'zod';
import type { ChatReply, ChatRequest, ContentPart, FinishReason, TokenUsage } from './chat.ts';
import type { Endpoint } from './endpoint.ts';

/** The body of `POST /chat/completions` for a request: the endpoint's parameters, its model, and the messages. */
export function chatBody(endpoint: Endpoint, request: ChatRequest): Record<string, unknown> {
  return {
    ...endpoint.parameters,
    model: endpoint.model,
    messages: request.messages.map(({ role, content }) => ({ role, content: wireContent(content) })),
    [endpoint.tokenField]: request.maxOutputTokens ?? endpoint.maxOutputTokens,
  };
}

/** A single text travels as a plain string, which every compatible server takes; all else as a list of parts. */
function wireContent(parts: readonly ContentPart[]) {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text') return only.text;
  return parts.map((part) =>
    part.type === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: dataUrl(part.mediaType, part.bytes) } },
  );
}

function dataUrl(mediaType: string, bytes: Uint8Array): string {
  return `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}

const count = z.int().nonnegative().nullish();
const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
});

/** What we read of a completion; servers add fields at will. */
export const completionSchema = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: usageSchema.nullish(),
});
type Completion = z.infer<typeof completionSchema>;

/** Some gateways answer 200 with an error in the body. */
export const errorBodySchema = z.object({
  error: z.object({
    message: z.string().default('no message'),
    code: z.union([z.string(), z.number()]).nullish(),
    type: z.string().nullish(),
  }),
});

/** A completion as a reply. An empty content is an empty text; a refusal's words are the text of a `refusal`. */
export function chatReply(completion: Completion): ChatReply {
  const choice = completion.choices[0];
  const refusal = choice?.message.refusal ?? '';
  return {
    text: refusal === '' ? (choice?.message.content ?? '') : refusal,
    finish: refusal === '' ? finishReason(choice?.finish_reason) : 'refusal',
    usage: tokenUsage(completion.usage),
    servedModel: completion.model ?? null,
  };
}

function finishReason(word: string | null | undefined): FinishReason {
  return word === 'stop' || word === 'length' || word === 'content_filter' ? word : 'other';
}

function tokenUsage(usage: Completion['usage']): TokenUsage {
  return {
    input: usage?.prompt_tokens ?? null,
    cached: usage?.prompt_tokens_details?.cached_tokens ?? null,
    output: usage?.completion_tokens ?? null,
    reasoning: usage?.completion_tokens_details?.reasoning_tokens ?? null,
  };
}
