import { z } from 'zod';
import type { ChatMessage, ChatReply, ChatRequest, ContentPart } from '../../models/chat.ts';
import { imageTypes } from '../../models/chat.ts';
import { sha256 } from '../../store/hash.ts';

/* Chat Completions as the metering proxy reads and writes them (platform.openai.com, "Chat Completions"). */

const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);
const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(partSchema)]),
});

/** What a program may ask; sampling parameters are the endpoint's own, and others are not passed on. */
export const askedSchema = z.object({
  model: z.string(),
  messages: z.array(messageSchema).min(1),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, 'only one reply at a time').nullish(),
  tools: z.array(z.unknown()).max(0, 'tools are not served').nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }),
      }),
    ])
    .nullish(),
});
export type Asked = z.infer<typeof askedSchema>;

/** The request in the harness's own form. Throws `Error` for a picture that is no data URL. */
export function requestOf(asked: Asked): ChatRequest {
  const cap = asked.max_completion_tokens ?? asked.max_tokens;
  const form = asked.response_format;
  return {
    messages: asked.messages.map(messageOf),
    ...(cap && { maxOutputTokens: cap }),
    ...(form?.type === 'json_schema' && { schema: form.json_schema }),
  };
}

function messageOf({ role, content }: Asked['messages'][number]): ChatMessage {
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
  return { role: role === 'developer' ? 'system' : role, content: parts.map(partOf) };
}

function partOf(part: z.infer<typeof partSchema>): ContentPart {
  if (part.type === 'text') return part;
  const [, type, data] = /^data:([\w/+.-]+);base64,(.+)$/s.exec(part.image_url.url) ?? [];
  const mediaType = imageTypes.find((known) => known === type);
  if (mediaType === undefined || data === undefined)
    throw new Error(`pictures are taken as data URLs of ${imageTypes.join(', ')}`);
  const bytes = Buffer.from(data, 'base64');
  return { type: 'image', mediaType, bytes, source: `program/${sha256(bytes)}` };
}

/** A reply as one object, under the name that the program asked for. */
export function completionOf(model: string, id: string, reply: ChatReply) {
  const { text, usage } = reply;
  const refused = reply.finish === 'refusal';
  return {
    ...headOf(model, id, 'chat.completion'),
    choices: [
      {
        index: 0,
        finish_reason: finishOf(reply),
        message: { role: 'assistant', content: refused ? null : text, refusal: refused ? text : null },
      },
    ],
    usage: usageOf(usage),
  };
}

/** The same as a stream of two or three pieces: the reply is whole before any of it is sent. */
export function piecesOf(model: string, id: string, reply: ChatReply, withUsage: boolean): object[] {
  const head = headOf(model, id, 'chat.completion.chunk');
  const piece = (delta: object, finish: string | null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const said = reply.finish === 'refusal' ? { refusal: reply.text } : { content: reply.text };
  return [
    piece({ role: 'assistant', ...said }, null),
    piece({}, finishOf(reply)),
    ...(withUsage ? [{ ...head, choices: [], usage: usageOf(reply.usage) }] : []),
  ];
}

const headOf = (model: string, id: string, object: string) => ({
  id,
  object,
  created: Math.floor(Date.now() / 1000),
  model,
});

function finishOf({ finish }: ChatReply): string {
  if (finish === 'stop' || finish === 'length') return finish;
  return finish === 'refusal' ? 'stop' : 'content_filter';
}

function usageOf({ input, cached, output, reasoning }: ChatReply['usage']) {
  return {
    prompt_tokens: input ?? 0,
    completion_tokens: output ?? 0,
    total_tokens: (input ?? 0) + (output ?? 0),
    prompt_tokens_details: { cached_tokens: cached ?? 0 },
    completion_tokens_details: { reasoning_tokens: reasoning ?? 0 },
  };
}
