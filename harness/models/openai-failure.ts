import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { z } from 'zod';
import { connectionError, deepestMessage } from './call-failure.ts';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';

/** Failures of the SDK and of fetch beneath it, classified. Anything else is a bug of ours and is thrown as it is. */
export function modelError(thrown: unknown): unknown {
  if (thrown instanceof ModelError) return thrown;
  if (thrown instanceof APIConnectionTimeoutError)
    return new ModelError('timeout', 'no connection in time', { cause: thrown });
  if (thrown instanceof APIConnectionError)
    return new ModelError('network', `the connection failed: ${deepestMessage(thrown)}`, { cause: thrown });
  if (thrown instanceof APIError) return statusError(thrown);
  return connectionError(thrown);
}

/** OpenRouter's refusal of a prompt: a 403, told from that of a key by what it was flagged for (openrouter.ai/docs, "Errors"). */
const wasFlagged = z.object({
  metadata: z.object({ reasons: z.array(z.string()), flagged_input: z.string() }),
});

/** The body and the headers that the SDK keeps say nothing more, and may repeat what was sent: they are no cause. */
function statusError(error: APIError): ModelError {
  const word = (value: unknown) => (value == null ? null : String(value));
  return httpError({
    status: error.status ?? 500,
    code: wasFlagged.safeParse(error.error).success ? 'moderation_blocked' : word(error.code),
    type: word(error.type),
    message: error.message.replace(/^\d+ /, '').slice(0, 1000),
    headers: error.headers ?? new Headers(),
  });
}
