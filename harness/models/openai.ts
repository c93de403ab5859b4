import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { ChatModel } from './chat.ts';
import { deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';
import { chatBody, chatReply, completionSchema, errorBodySchema } from './openai-wire.ts';

/** Where an endpoint answers, and the key to it; both stand apart from the endpoint, which is written to bundles. */
export interface Access {
  /** Ends before the method's path: `https://api.openai.com/v1`. */
  baseUrl: string;
  key: string | null;
}

/**
 * A chat model behind any server that speaks OpenAI's Chat Completions. One call is one attempt of at most
 * `endpoint.timeoutS`; the SDK's own retries and its logging are off, and nothing is read from its environment variables.
 * Throws `ModelError`, or the signal's reason on abort.
 * Note: Node's fetch gives up waiting for response headers after 300 s, which counts as `timeout` too.
 */
export function createOpenAiChat(endpoint: Endpoint, access: Access): ChatModel {
  const timeoutMs = endpoint.timeoutS * 1000;
  const client = openClient(access, timeoutMs);
  return {
    async chat(request, { signal }) {
      signal.throwIfAborted();
      const limit = deadline(signal, timeoutMs);
      const body = chatBody(endpoint, request);
      try {
        return readCompletion(await client.post('/chat/completions', { body, signal: limit.signal }));
      } catch (thrown) {
        limit.throwIfOver(thrown);
        throw modelError(thrown);
      }
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
    logLevel: 'off',
  });
}

function readCompletion(body: unknown) {
  const completion = completionSchema.safeParse(body);
  if (completion.success) return chatReply(completion.data);
  const failed = errorBodySchema.safeParse(body);
  if (failed.success) {
    const { message, code, type } = failed.data.error;
    const status = typeof code === 'number' ? code : 502;
    throw httpError({
      status,
      code: code == null ? null : String(code),
      type: type ?? null,
      message,
      headers: new Headers(),
    });
  }
  throw new ModelError('malformed', `the reply is no chat completion: ${excerpt(body)}`, {
    cause: completion.error,
  });
}

/** Failures of the SDK and of fetch beneath it, classified. Anything else is a bug of ours and is thrown as it is. */
function modelError(thrown: unknown): unknown {
  if (thrown instanceof ModelError) return thrown;
  if (thrown instanceof APIConnectionTimeoutError) {
    return new ModelError('timeout', thrown.message, { cause: thrown });
  }
  if (thrown instanceof APIConnectionError)
    return new ModelError('network', thrown.message, { cause: thrown });
  if (thrown instanceof APIError) return statusError(thrown);
  if (thrown instanceof SyntaxError) return new ModelError('malformed', thrown.message, { cause: thrown });
  // fetch reports a connection that breaks in the middle of the body as a TypeError with the socket's error as cause.
  if (thrown instanceof TypeError && thrown.cause !== undefined) {
    return new ModelError('network', `the connection broke: ${thrown.message}`, { cause: thrown });
  }
  return thrown;
}

function statusError(error: APIError): ModelError {
  const word = (value: unknown) => (value == null ? null : String(value));
  return httpError(
    {
      status: error.status ?? 500,
      code: word(error.code),
      type: word(error.type),
      message: error.message,
      headers: error.headers ?? new Headers(),
    },
    error,
  );
}

function excerpt(body: unknown): string {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? 'nothing');
  return text.slice(0, 200);
}
