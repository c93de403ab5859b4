import { exitCodes, MmmcError } from '../store/errors.ts';
import { nearestWord } from '../store/yaml-file.ts';
import type { Endpoint, Price } from './endpoint.ts';
import { fallbackPrice } from './price-fallback.ts';
import { holds, type PriceEntry, priceTable, type Seller } from './price-table.ts';

/** The rate of requests with more input tokens than `above`: it holds for the whole request. */
export interface Tier {
  above: number;
  input: number;
  cached?: number;
  output: number;
}

/** A price with where it came from: the endpoint's own entry, configs/prices.yaml, or the fallback package. */
export interface KnownPrice extends Price {
  origin: 'endpoint' | 'table' | 'genai-prices';
  /** Rising. */
  tiers: readonly Tier[];
}

/**
 * The price of an endpoint at a time; `null` when it is not known, which is not 0. Its own price comes first, then the table
 * of configs/prices.yaml by who sells and exact model id, then @pydantic/genai-prices. Endpoints of servers that are none of
 * the known sellers' have only what they say themselves. Throws `bad_config` (exit 2) when they name an entry that is not.
 */
export function priceOf(endpoint: Endpoint, at = new Date()): KnownPrice | null {
  const { price, model } = endpoint;
  if (typeof price === 'object') return { ...price, tiers: [], origin: 'endpoint' };
  if (price !== undefined) return fromEntry(entryNamed(price, endpoint), at);
  const seller = sellerOf(endpoint);
  if (seller === null) return null;
  const entry = priceTable().find((e) => e.provider === seller && e.models.includes(model));
  // What the table knows of a model is all that counts: where its rates have run out, nothing else fills in.
  return entry === undefined ? fallbackPrice(seller, model, at) : fromEntry(entry, at);
}

const hosts: Readonly<Record<string, Seller>> = {
  'api.openai.com': 'openai',
  'api.anthropic.com': 'anthropic',
  'generativelanguage.googleapis.com': 'google',
  'openrouter.ai': 'openrouter',
};
const homes: Partial<Record<Endpoint['provider'], Seller>> = {
  gemini: 'google',
  'gemini-omni': 'google',
  anthropic: 'anthropic',
};

/** Who sells behind an address; a provider of one seller alone needs none. `null`: nobody whose prices we know. */
function sellerOf({ baseUrl, provider }: Endpoint): Seller | null {
  if (baseUrl === '') return homes[provider] ?? null;
  return URL.canParse(baseUrl) ? (hosts[new URL(baseUrl).hostname] ?? null) : null;
}

function entryNamed(id: string, endpoint: Endpoint): PriceEntry {
  const known = priceTable();
  const entry = known.find((e) => e.id === id);
  if (entry !== undefined) return entry;
  const nearest = nearestWord(
    id,
    known.map((e) => e.id),
  );
  throw new MmmcError('bad_config', `Endpoint ${endpoint.id}: configs/prices.yaml has no price ${id}`, {
    hint: nearest ? `Did you mean ${nearest}?` : 'Write the price out: price: { input: …, output: …, … }',
    exitCode: exitCodes.usage,
  });
}

function fromEntry(entry: PriceEntry, at: Date): KnownPrice | null {
  const about = { source: entry.source, date: entry.read, origin: 'table' } as const;
  if (entry.unit === 'per_second') {
    const rate = entry.rates.find((r) => holds(r, at));
    return rate === undefined ? null : { second: rate.second, ...about, tiers: [] };
  }
  const rates = entry.rates.filter((r) => holds(r, at)).sort((a, b) => (a.above ?? 0) - (b.above ?? 0));
  const lowest = rates.find((r) => r.above === undefined);
  if (lowest === undefined) return null;
  const tiers = rates.flatMap(({ above, input, cached, output }) =>
    above === undefined ? [] : [{ above, input, output, ...(cached !== undefined && { cached }) }],
  );
  const { input, cached, output } = lowest;
  return { input, ...(cached !== undefined && { cached }), output, ...about, tiers };
}
