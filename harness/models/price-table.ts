import { join } from 'node:path';
import { z } from 'zod';
import { YamlFile } from '../store/yaml-file.ts';

/** Who sells a model; the same one may cost something else elsewhere. */
export const sellers = ['openai', 'anthropic', 'google', 'openrouter'] as const;
export type Seller = (typeof sellers)[number];

const usd = z.number().nonnegative();
const when = {
  /** Holds from this day (UTC) … */
  from: z.iso.date().optional(),
  /** … until before this one. */
  until: z.iso.date().optional(),
};
const tokenRateSchema = z.strictObject({
  ...when,
  /** For requests with more input tokens than these, cached ones included: the whole request at this rate. */
  above: z.int().positive().optional(),
  input: usd,
  cached: usd.optional(),
  output: usd,
});
const secondRateSchema = z.strictObject({ ...when, second: usd });
export type TokenRate = z.infer<typeof tokenRateSchema>;

const base = {
  /** What an endpoint names in `price`. */
  id: z.string(),
  provider: z.enum(sellers),
  /** Exact model ids. */
  models: z.array(z.string()).min(1),
  source: z.string(),
  /** When the source was read. */
  read: z.iso.date(),
};

/** An entry of configs/prices.yaml; US dollars. */
const entrySchema = z.discriminatedUnion('unit', [
  z.strictObject({
    ...base,
    unit: z.literal('per_million_tokens'),
    rates: z.array(tokenRateSchema).min(1),
  }),
  z.strictObject({ ...base, unit: z.literal('per_second'), rates: z.array(secondRateSchema).min(1) }),
]);
export type PriceEntry = z.infer<typeof entrySchema>;

const tableSchema = z.strictObject({ prices: z.array(entrySchema) });
const path = join(import.meta.dirname, '../../configs/prices.yaml');
let shipped: readonly PriceEntry[] | undefined;

/** The shipped table, read once. Throws `bad_config` (exit 2) with the line when it was edited into something else. */
export function priceTable(): readonly PriceEntry[] {
  shipped ??= new YamlFile(path).parse(tableSchema).prices;
  return shipped;
}

/** Does a rate hold at this time? */
export function holds(rate: { from?: string | undefined; until?: string | undefined }, at: Date): boolean {
  const day = at.toISOString().slice(0, 10);
  return (rate.from === undefined || rate.from <= day) && (rate.until === undefined || day < rate.until);
}
