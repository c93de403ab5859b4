import type { TokenUsage } from './chat.ts';
import { ModelError } from './model-error.ts';

/**
 * What fetch throws of a connection that was not made, or broke in the middle of the body: a TypeError with the socket's
 * error as cause, here `network`. Anything else is thrown as it is: it is classified already, or a bug of ours.
 */
export function connectionError(thrown: unknown): unknown {
  if (!(thrown instanceof TypeError) || thrown.cause === undefined) return thrown;
  return new ModelError('network', `the connection failed: ${deepestMessage(thrown)}`, { cause: thrown });
}

/** A copy of a failure as it may be kept: with the tokens that were counted before it, and without the key. */
export function keptFailure(error: ModelError, usage: TokenUsage | null, key: string | null): ModelError {
  const leaks = key !== null && error.message.includes(key);
  return new ModelError(error.failure, leaks ? error.message.replaceAll(key, '[key]') : error.message, {
    status: error.status ?? undefined,
    retryAfterMs: error.retryAfterMs ?? undefined,
    usage: error.usage ?? usage ?? undefined,
    submitted: error.submitted,
    // A server that repeats the key does so in the cause as well.
    cause: leaks ? undefined : error.cause,
  });
}

/** What went wrong at the bottom: a refused connection, an unknown name, a certificate that nobody signed. */
export function deepestMessage(error: Error): string {
  let at = error;
  while (at.cause instanceof Error) at = at.cause;
  const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
  // Most messages of sockets begin with their code.
  return at.message.includes(code) ? at.message : `${code} ${at.message}`;
}
