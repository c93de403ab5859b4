import { z } from 'zod';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';

/** Bodies of failures: OpenAI's `{error: {…}}`, vLLM's `{object: 'error', message, …}`, FastAPI's `{detail}`. */
const word = z.union([z.string(), z.number()]).nullish();
const causeSchema = z.object({ message: z.string().nullish(), code: word, type: z.string().nullish() });
const failureSchema = z.object({ error: causeSchema }).transform(({ error }) => error);
const detailSchema = z.object({ detail: z.unknown() }).transform(({ detail }) => ({
  message: typeof detail === 'string' ? detail : JSON.stringify(detail),
  code: null,
  type: null,
}));
const anyFailureSchema = z.union([failureSchema, detailSchema, causeSchema]);

export interface FetchedBody {
  bytes: Uint8Array;
  headers: Headers;
}

/** Fetches a whole body; throws `ModelError` for a status outside 200-299 and for a broken connection. */
export async function fetchOk(url: string, init: RequestInit): Promise<FetchedBody> {
  const { response, bytes } = await fetchAll(url, init);
  if (!response.ok) throw statusError(response, bytes);
  return { bytes, headers: response.headers };
}

/** Fetches JSON of a known shape; a reply that is none is `malformed`. */
export async function fetchJson<T>(schema: z.ZodType<T>, url: string, init: RequestInit): Promise<T> {
  const { bytes } = await fetchOk(url, init);
  const text = new TextDecoder().decode(bytes);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ModelError('malformed', `the reply has not the shape we expect: ${text.slice(0, 200)}`, {
    cause: parsed.error,
  });
}

async function fetchAll(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (thrown) {
    init.signal?.throwIfAborted();
    if (!(thrown instanceof TypeError)) throw thrown;
    throw new ModelError('network', `the connection failed: ${thrown.message}`, { cause: thrown });
  }
}

function statusError(response: Response, bytes: Uint8Array): ModelError {
  const text = new TextDecoder().decode(bytes);
  const parsed = anyFailureSchema.safeParse(parseJson(text));
  const said = parsed.success ? parsed.data : { message: null, code: null, type: null };
  return httpError({
    status: response.status,
    code: said.code == null ? null : String(said.code),
    type: said.type ?? null,
    message: said.message ?? (text.slice(0, 200) || 'no body'),
    headers: response.headers,
  });
}

/** `undefined` stands for text that is no JSON; no JSON text has that value. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
