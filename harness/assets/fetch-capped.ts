import { deadline } from '../models/deadline.ts';
import { httpError } from '../models/http-failure.ts';
import { ModelError } from '../models/model-error.ts';
import { withRetry } from '../models/retry.ts';

export interface FetchLimits {
  /** For one attempt, its body included. */
  timeoutMs: number;
  /** Of the body. */
  mostBytes: number;
  /** Attempts in all, for what may pass: connections, time-outs, 429 and 5xx. */
  attempts: number;
}

export type Fetched = { kind: 'text'; text: string } | { kind: 'absent' } | { kind: 'too_large' };

/**
 * The text at an address; absent for 404 and 410. Throws `ModelError` for every other status, a broken connection and no
 * answer in time; the caller's reason when the signal aborts.
 */
export function fetchCapped(
  url: string,
  headers: Readonly<Record<string, string>>,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<Fetched> {
  const { attempts, timeoutMs } = limits;
  const most = { attempts, maxElapsedMs: attempts * timeoutMs, signal };
  return withRetry(() => attempt(url, headers, limits, signal), most);
}

async function attempt(
  url: string,
  headers: Readonly<Record<string, string>>,
  { timeoutMs, mostBytes }: FetchLimits,
  signal: AbortSignal,
): Promise<Fetched> {
  const limit = deadline(signal, timeoutMs);
  try {
    const response = await fetch(url, { headers, signal: limit.signal });
    if (response.status === 404 || response.status === 410) {
      await response.body?.cancel();
      return { kind: 'absent' };
    }
    const text = await bodyOf(response, mostBytes);
    if (response.ok) return text === null ? { kind: 'too_large' } : { kind: 'text', text };
    const failure = { status: response.status, code: null, type: null, headers: response.headers };
    throw httpError({ ...failure, message: text?.slice(0, 200) || 'no body' });
  } catch (thrown) {
    limit.throwIfOver(thrown);
    if (!(thrown instanceof TypeError)) throw thrown;
    throw new ModelError('network', `the connection failed: ${thrown.message}`, { cause: thrown });
  }
}

/** `null` when it is larger than the cap. */
async function bodyOf(response: Response, mostBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
