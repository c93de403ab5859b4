import { createRequire } from 'node:module';
import type { MatchLogic, ModelPrice } from '@pydantic/genai-prices';
import type { Seller } from './price-table.ts';
import type { KnownPrice, Tier } from './prices.ts';

/** Loaded when our own table lacks a model, and not before: its data take 0.1 s to read. */
const load = (): typeof import('@pydantic/genai-prices') =>
  createRequire(import.meta.url)('@pydantic/genai-prices');

/**
 * The price of a model by the table of @pydantic/genai-prices, `null` when it has none. That table finds models by prefix
 * too, and so takes a new model for an old one: only an entry that names this very id is believed.
 */
export function fallbackPrice(seller: Seller, model: string, at: Date): KnownPrice | null {
  // Its tiers are in the rates themselves, which do not depend on the usage given.
  const found = load().calcPrice({ input_tokens: 1, output_tokens: 1 }, model, {
    providerId: seller,
    timestamp: at,
  });
  if (found === null || !(found.model.id === model || isNamed(found.model.match, model))) return null;
  return priceFrom(found.model_price);
}

/** Is this id one of those that the entry lists, rather than one that begins or ends alike? */
function isNamed(match: MatchLogic, model: string): boolean {
  if ('equals' in match) return match.equals === model;
  return 'or' in match && match.or.some((one) => isNamed(one, model));
}

function priceFrom({ input_mtok, cache_read_mtok, output_mtok }: ModelPrice): KnownPrice | null {
  const input = stepsOf(input_mtok);
  const cached = stepsOf(cache_read_mtok);
  const output = stepsOf(output_mtok);
  if (input === null || output === null) return null;
  const starts = new Set([input, cached, output].flatMap((steps) => steps?.starts ?? []));
  const rateAt = (tokens: number) => ({
    input: input.at(tokens),
    ...(cached && { cached: cached.at(tokens) }),
    output: output.at(tokens),
  });
  const tiers = [...starts]
    .sort((a, b) => a - b)
    .map((start): Tier => ({ above: start, ...rateAt(start + 1) }));
  const { source, date } = packageSource;
  return { ...rateAt(0), tiers, source, date, origin: 'genai-prices' };
}

const packageSource = { source: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' };

/** A rate by input tokens. */
function stepsOf(price: ModelPrice[string]) {
  if (price === undefined) return null;
  if (typeof price === 'number') return { starts: [], at: () => price };
  const { base, tiers } = price;
  const at = (tokens: number) =>
    tiers.reduce((rate, tier) => (tokens > tier.start ? tier.price : rate), base);
  return { starts: tiers.map(({ start }) => start), at };
}
