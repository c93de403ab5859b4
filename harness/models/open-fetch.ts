import { Agent, fetch } from 'undici';

/**
 * No limits of the connection's own, so that the deadline of an attempt alone decides how long a model may take: Node's
 * fetch would give up after 300 s without headers or without a byte (undici's `headersTimeout` and `bodyTimeout`).
 */
export const noLimits = { headersTimeout: 0, bodyTimeout: 0 } as const;

let shared: Agent | undefined;

function sharedAgent(): Agent {
  shared ??= new Agent(noLimits);
  return shared;
}

/** What a server says when it fails is read so far and no further, bytes. */
const longestFailure = 1024 * 1024;

/**
 * A `fetch` with a dispatcher without limits, one for the process. It reads the body of a failure whole, bounded, and
 * leaves every other body to the caller.
 */
export async function openFetch(
  url: string | URL | Request,
  init: RequestInit = {},
  dispatcher = sharedAgent(),
): Promise<Response> {
  const { method = 'GET', headers, body, signal, redirect = 'follow' } = init;
  const response = await fetch(String(url), {
    method,
    headers: [...new Headers(headers)],
    ...bodyOf(body),
    signal: signal ?? null,
    redirect,
    dispatcher,
  });
  if (response.ok) return response;
  const bytes = await readUpTo(response.body, longestFailure);
  const { status, statusText } = response;
  // A Response of status 304 may have no body, not even an empty one.
  return new Response(status === 304 ? null : bytes, { status, statusText, headers: [...response.headers] });
}

/** Text and bytes as they are; what comes in pieces is sent as it comes. */
function bodyOf(body: RequestInit['body']) {
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  const inPieces = typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
  return inPieces ? { body, duplex: 'half' as const } : {};
}

/** The first bytes of a body; the rest, if any, is neither read nor kept. */
async function readUpTo(body: AsyncIterable<Uint8Array> | null, most: number) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}
