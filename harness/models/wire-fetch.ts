import { z } from 'zod';
import { parseJson } from '../store/parse-json.ts';
import { boundedBytes, longestReply } from './body-reader.ts';
import { connectionError } from './call-failure.ts';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';
import { openFetch } from './open-fetch.ts';

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

export interface FetchOptions {
  /** A larger body is refused as `malformed`, bytes. */
  most?: number;
  /** Headers for an address, asked for anew at each redirect: so a key stays with the server that it is for. */
  headersFor?: (url: URL) => Record<string, string>;
}

/** Fetches a whole body; throws `ModelError` for a status outside 200-299 and for a broken connection. */
export async function fetchOk(
  url: string,
  init: RequestInit,
  options: FetchOptions = {},
): Promise<FetchedBody> {
  const { response, bytes } = await fetchAll(url, init, options);
  if (!response.ok) throw statusError(response, bytes);
  return { bytes, headers: response.headers };
}

/** Fetches JSON of a known shape; a reply that is none is `malformed`. */
export async function fetchJson<T>(
  schema: z.ZodType<T>,
  url: string,
  init: RequestInit,
  options: FetchOptions = {},
): Promise<T> {
  const { bytes } = await fetchOk(url, init, options);
  const text = new TextDecoder().decode(bytes);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ModelError('malformed', `the reply has not the shape we expect: ${text.slice(0, 200)}`, {
    cause: parsed.error,
  });
}

async function fetchAll(url: string, init: RequestInit, { most = longestReply, headersFor }: FetchOptions) {
  try {
    const response = await (headersFor ? following(url, init, headersFor) : openFetch(url, init));
    const chunks: Uint8Array[] = [];
    for await (const chunk of boundedBytes(response.body, most)) chunks.push(chunk);
    return { response, bytes: new Uint8Array(Buffer.concat(chunks)) };
  } catch (thrown) {
    init.signal?.throwIfAborted();
    throw connectionError(thrown);
  }
}

const mostHops = 5;

/** Follows redirects of a GET by hand; any other request is not sent to a second place. */
async function following(
  start: string,
  init: RequestInit,
  headersFor: NonNullable<FetchOptions['headersFor']>,
): Promise<Response> {
  let url = new URL(start);
  for (let hops = 0; ; hops++) {
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...headersFor(url) };
    const response = await openFetch(url, { ...init, headers, redirect: 'manual' });
    const next = response.headers.get('location');
    const moved = response.status >= 300 && response.status < 400 && next !== null;
    if (!moved || (init.method ?? 'GET') !== 'GET' || hops === mostHops) return response;
    url = new URL(next, url);
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
