import { AsyncLocalStorage } from 'node:async_hooks';

export type Fetch = typeof globalThis.fetch;

const own = new AsyncLocalStorage<Fetch>();
let given = false;

/**
 * Runs `work` so that what it calls as the global `fetch` is ours: Google's package takes no fetch, and Node's own ends long replies after five
 * minutes. Outside of `work` the global fetch is what it was.
 */
export function withFetch<T>(fetch: Fetch, work: () => Promise<T>): Promise<T> {
  if (!given) {
    const plain = globalThis.fetch;
    globalThis.fetch = (input, init) => (own.getStore() ?? plain)(input, init);
    given = true;
  }
  return own.run(fetch, work);
}
