import { messageBody } from './anthropic-body.ts';
import { anthropicError, type Heard, readMessage, readStream } from './anthropic-reply.ts';
import { boundedBytes, wholeText } from './body-reader.ts';
import { connectionError, keptFailure } from './call-failure.ts';
import type { ChatModel, ChatReply } from './chat.ts';
import { deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import { openFetch } from './open-fetch.ts';
import type { Access } from './providers.ts';
import { type Stall, stallAfter, whatEnded } from './stall.ts';

const version = '2023-06-01';

/**
 * A chat model behind Anthropic's Messages API (platform.claude.com, "Messages" and "Streaming messages"). One call is one
 * attempt of at most `endpoint.timeoutS`; replies are streamed where the endpoint says so.
 * Throws `ModelError`, or the signal's reason on abort; MmmcError for a request that the API cannot take.
 */
export function createAnthropicChat(endpoint: Endpoint, access: Access): ChatModel {
  return {
    async chat(request, { signal }) {
      signal.throwIfAborted();
      const body = JSON.stringify(messageBody(endpoint, request));
      const limit = deadline(signal, endpoint.timeoutS * 1000);
      const stall = stallAfter(endpoint.stallS);
      const heard: Heard = { usage: null };
      try {
        const response = await openFetch(`${access.baseUrl}/messages`, {
          method: 'POST',
          headers: headersFor(access),
          body,
          signal: AbortSignal.any([limit.signal, stall.signal]),
        });
        return await readReply(response, stall, heard);
      } catch (thrown) {
        const failed = connectionError(whatEnded(limit, stall, thrown));
        throw failed instanceof ModelError ? keptFailure(failed, heard.usage, access.key) : failed;
      }
    },
  };
}

function headersFor({ key }: Access): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'anthropic-version': version };
  return key === null ? headers : { ...headers, 'x-api-key': key };
}

async function readReply(response: Response, stall: Stall, heard: Heard): Promise<ChatReply> {
  const bytes = boundedBytes(response.body);
  if (!response.ok) throw anthropicError(await wholeText(bytes), response.status, response.headers);
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('text/event-stream')) return readStream(stall.watch(bytes), heard);
  return readMessage(await wholeText(bytes), heard);
}
