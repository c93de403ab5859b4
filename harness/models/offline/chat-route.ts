import { z } from 'zod';
import { OfflineRefusal } from './refusal.ts';
import { countTokens, imageSize } from './token-count.ts';

const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);
const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string().transform((text) => [{ type: 'text' as const, text }]), z.array(partSchema)]),
});
const requestSchema = z.object({ model: z.string(), messages: z.array(messageSchema).min(1) });

/** What an offline chat model sees: the texts of the last user message, all texts, and all images, in their order. */
export interface SeenRequest {
  lastUserMessage: string;
  texts: readonly string[];
  images: readonly Uint8Array[];
}

export type OfflineChatModel = (request: SeenRequest, signal: AbortSignal) => Promise<string>;

/**
 * Answers `POST /v1/chat/completions` with one of the models. Throws OfflineRefusal 400 for a body that is no request,
 * 404 for an unknown model, and whatever the model throws.
 */
export async function completeChat(
  models: Readonly<Record<string, OfflineChatModel>>,
  body: string,
  signal: AbortSignal,
) {
  const request = readRequest(body);
  const model = Object.hasOwn(models, request.model) ? models[request.model] : undefined;
  if (model === undefined) {
    throw new OfflineRefusal(404, 'model_not_found', `there is no offline model "${request.model}"`);
  }
  const text = await model(request.seen, signal);
  const prompt = await countTokens(request.seen.texts, request.seen.images.map(imageSize));
  const completion = await countTokens([text]);
  return {
    object: 'chat.completion',
    model: request.model,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  };
}

function readRequest(body: string): { model: string; seen: SeenRequest } {
  const parsed = requestSchema.safeParse(parse(body));
  if (!parsed.success) throw new OfflineRefusal(400, 'invalid_request', z.prettifyError(parsed.error));
  const { model, messages } = parsed.data;
  const last = messages.findLast(({ role }) => role === 'user');
  const parts = messages.flatMap(({ content }) => content);
  return {
    model,
    seen: {
      lastUserMessage: textsOf(last?.content ?? []).join('\n'),
      texts: textsOf(parts),
      images: parts.flatMap((part) => (part.type === 'image_url' ? [imageBytes(part.image_url.url)] : [])),
    },
  };
}

function textsOf(parts: readonly z.infer<typeof partSchema>[]): string[] {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
}

function imageBytes(url: string): Uint8Array {
  const data = /^data:image\/(?:jpeg|png|webp|gif);base64,(.+)$/s.exec(url)?.[1];
  if (data === undefined)
    throw new OfflineRefusal(400, 'invalid_image', 'an image must be a base64 data URL');
  return Buffer.from(data, 'base64');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new OfflineRefusal(400, 'invalid_request', `the body is no JSON: ${String(thrown)}`);
  }
}
