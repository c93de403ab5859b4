import { messageOf } from '../../harness/store/errors.ts';

export interface DownloadLimits {
  fetch?: typeof fetch | undefined;
  /** Longest wait without a byte, milliseconds; 30 s when absent. */
  stallMs?: number | undefined;
}

/** The bytes, or why there are none. */
export type Downloaded = { ok: true; bytes: Uint8Array } | { ok: false; reason: string; cause?: unknown };

const mostRedirects = 3;

/** Is it this machine? */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/**
 * Fetches an address, at most `most` bytes. Redirects are followed to https only (from this machine also to itself), 3
 * at most. Never throws for what the server does.
 */
export async function download(url: URL, most: number, limits: DownloadLimits): Promise<Downloaded> {
  const { stallMs = 30_000, fetch: get = fetch } = limits;
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), stallMs);
  try {
    const response = await follow(url, get, control.signal, timer);
    return response instanceof Response ? await readBody(response, most, timer) : response;
  } catch (cause) {
    if (control.signal.aborted) return { ok: false, reason: `no byte came for ${stallMs / 1000} s`, cause };
    return { ok: false, reason: reasonOf(cause), cause };
  } finally {
    clearTimeout(timer);
    control.abort(); // Lets go of a body that was not read to its end.
  }
}

async function follow(
  first: URL,
  get: typeof fetch,
  signal: AbortSignal,
  timer: NodeJS.Timeout,
): Promise<Response | Downloaded> {
  let url = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await get(url, { redirect: 'manual', signal, credentials: 'omit' });
    timer.refresh();
    if (response.status === 200) return response;
    const target = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || target === null)
      return { ok: false, reason: `the server answered ${response.status} ${response.statusText}`.trim() };
    if (!URL.canParse(target, url.href)) return { ok: false, reason: 'it redirects to no address' };
    url = new URL(target, url);
    const own = url.protocol === 'http:' && isLoopback(first) && isLoopback(url);
    if (url.protocol !== 'https:' && !own)
      return { ok: false, reason: `it redirects to ${url}, which is not https` };
  }
  return { ok: false, reason: `more than ${mostRedirects} redirects` };
}

async function readBody(response: Response, most: number, timer: NodeJS.Timeout): Promise<Downloaded> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    timer.refresh();
    parts.push(part);
    size += part.length;
    if (size > most) return { ok: false, reason: `more came than the ${most} bytes of the file` };
  }
  const promised = response.headers.get('content-length');
  const encoded = response.headers.has('content-encoding');
  if (promised !== null && !encoded && Number(promised) !== size)
    return { ok: false, reason: `cut: ${size} of ${promised} bytes came` };
  return { ok: true, bytes: Buffer.concat(parts) };
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? messageOf(error) : `${messageOf(error)}: ${messageOf(cause)}`;
}
