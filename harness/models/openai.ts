import OpenAI from 'openai';
import { boundedBytes, wholeText } from './body-reader.ts';
import { keptFailure } from './call-failure.ts';
import type { ChatModel, ChatReply } from './chat.ts';
import { deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import { openFetch } from './open-fetch.ts';
import { modelError } from './openai-failure.ts';
import { readCompletion, tokenUsage } from './openai-reply.ts';
import { type Heard, readStream } from './openai-stream.ts';
import { chatBody } from './openai-wire.ts';
import type { Access } from './providers.ts';
import { type Stall, stallAfter, whatEnded } from './stall.ts';
import { VideoUrls } from './video-urls.ts';

/**
 * A chat model behind any server that speaks OpenAI's Chat Completions. One call is one attempt of at most
 * `endpoint.timeoutS`; the SDK's own retries and its logging are off, and nothing is read from its environment variables.
 * Replies are streamed where the endpoint says so and its server does; each is read by what it is.
 * Throws `ModelError`, or the signal's reason on abort.
 */
export function createOpenAiChat(endpoint: Endpoint, access: Access): ChatModel {
  const timeoutMs = endpoint.timeoutS * 1000;
  const client = openClient(access, timeoutMs);
  const videos = new VideoUrls();
  return {
    async chat(request, { signal }) {
      signal.throwIfAborted();
      const body = await chatBody(endpoint, request, videos);
      const limit = deadline(signal, timeoutMs);
      const stall = stallAfter(endpoint.stallS);
      const heard: Heard = { usage: null };
      try {
        const options = { body, signal: AbortSignal.any([limit.signal, stall.signal]) };
        const response = await client.post('/chat/completions', options).asResponse();
        return await readReply(response, stall, heard);
      } catch (thrown) {
        const failed = modelError(whatEnded(limit, stall, thrown));
        const usage = heard.usage == null ? null : tokenUsage(heard.usage);
        throw failed instanceof ModelError ? keptFailure(failed, usage, access.key) : failed;
      }
    },
    async close() {
      videos.clear();
    },
  };
}

function openClient(access: Access, timeoutMs: number): OpenAI {
  return new OpenAI({
    baseURL: access.baseUrl,
    apiKey: access.key ?? 'none',
    ...(access.key === null ? { defaultHeaders: { Authorization: null } } : {}),
    organization: null,
    project: null,
    maxRetries: 0,
    // Our own deadline ends an attempt; the SDK's stops at the headers and must not come first.
    timeout: timeoutMs + 60_000,
    fetch: openFetch,
    logLevel: 'off',
  });
}

/** A server that was asked to stream may answer in one piece: the content type says which it is. */
async function readReply(response: Response, stall: Stall, heard: Heard): Promise<ChatReply> {
  const bytes = boundedBytes(response.body);
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('text/event-stream')) return readStream(stall.watch(bytes), heard);
  return readCompletion(await wholeText(bytes));
}
