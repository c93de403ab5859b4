import type { z } from 'zod';
import { ModelError } from '../models/model-error.ts';
import { parseJson } from '../store/parse-json.ts';
import type { AssetSource, AssetSourceName, FoundAsset } from './asset.ts';
import type { AssetCache } from './asset-cache.ts';
import { type FetchLimits, fetchCapped } from './fetch-capped.ts';
import { mostBytes } from './sanitise.ts';

export interface WebSourceOptions {
  /** Address of the service, without a slash at its end. */
  baseUrl: string;
  /** Where found icons are kept; none: nowhere. */
  cache?: AssetCache;
  limits?: Partial<FetchLimits>;
}

/** What a source asks its service with. */
export interface Web {
  /** JSON of a known shape; `null` where there is nothing. A reply of another shape is `ModelError` `malformed`. */
  json<T>(url: string, schema: z.ZodType<T>): Promise<T | null>;
  /** A drawing; `null` where there is none, or one that is no icon for its size. */
  drawing(url: string): Promise<string | null>;
}

const usual: FetchLimits = { timeoutMs: 15_000, mostBytes: 2 ** 20, attempts: 3 };

/** A source over the network: the cache is asked before the service, and keeps what the service had. */
export function webSource(
  name: AssetSourceName,
  { baseUrl, cache, limits }: WebSourceOptions,
  headersFor: (url: string) => Readonly<Record<string, string>>,
  ask: (query: string, web: Web) => Promise<FoundAsset | null>,
): AssetSource {
  return {
    name,
    async find(query, signal) {
      const key = { source: name, baseUrl, query: query.trim().toLowerCase() };
      const kept = await cache?.get(key);
      if (kept) return kept;
      const found = await ask(query, webWith({ ...usual, ...limits }, headersFor, signal));
      if (found) await cache?.put(key, found);
      return found;
    },
  };
}

function webWith(
  limits: FetchLimits,
  headersFor: (url: string) => Readonly<Record<string, string>>,
  signal: AbortSignal,
): Web {
  return {
    async drawing(url) {
      const fetched = await fetchCapped(url, headersFor(url), { ...limits, mostBytes }, signal);
      return fetched.kind === 'text' ? fetched.text : null;
    },
    async json(url, schema) {
      const fetched = await fetchCapped(url, headersFor(url), limits, signal);
      if (fetched.kind === 'absent') return null;
      const text = fetched.kind === 'text' ? fetched.text : `more than ${limits.mostBytes} bytes`;
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      const message = `${new URL(url).pathname}: the reply has not the shape we expect: ${text.slice(0, 200)}`;
      throw new ModelError('malformed', message, { cause: parsed.error });
    },
  };
}
