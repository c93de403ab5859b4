import type { TokenUsage } from './chat.ts';
import type { Endpoint } from './endpoint.ts';
import { type KnownPrice, priceOf } from './prices.ts';
import type { VideoRequest } from './video.ts';

/** US dollars a million tokens. */
interface Rate {
  input: number;
  cached?: number | undefined;
  output: number;
}

/** USD of a call by the dated price of its endpoint; `null` when price or tokens are unknown. */
export function chatCost(endpoint: Endpoint, usage: TokenUsage | null, at = new Date()): number | null {
  if (usage === null || usage.input === null || usage.output === null) return null;
  const rate = rateFor(priceOf(endpoint, at), usage.input);
  return rate && costAt(rate, usage.input, usage.cached ?? 0, usage.output);
}

/**
 * The most USD that a call with at most so many tokens can cost, whichever tier it falls into and whatever part of it is
 * served from a cache; `null` when the price is unknown.
 */
export function mostChatCost(
  endpoint: Endpoint,
  tokens: { input: number; output: number },
  at = new Date(),
): number | null {
  const price = priceOf(endpoint, at);
  const reached = [0, ...(price?.tiers.map(({ above }) => above + 1) ?? [])].filter((n) => n <= tokens.input);
  const costs = reached.map((input) => {
    const rate = rateFor(price, input);
    if (rate === null) return null;
    const dearest = Math.max(rate.input, rate.cached ?? 0);
    return (tokens.input * dearest + tokens.output * rate.output) / 1e6;
  });
  return costs.reduce<number | null>(
    (most, c) => (most === null || c === null ? null : Math.max(most, c)),
    0,
  );
}

/** USD of a clip by its seconds; `null` when the price is unknown. */
export function videoCost(endpoint: Endpoint, request: VideoRequest, at = new Date()): number | null {
  const second = priceOf(endpoint, at)?.second;
  return second === undefined ? null : second * secondsOf(request);
}

/** How long a clip is asked to be. */
export const secondsOf = ({ frames, fps }: VideoRequest): number => frames / fps;

function costAt(rate: Rate, input: number, cached: number, output: number): number {
  return ((input - cached) * rate.input + cached * (rate.cached ?? rate.input) + output * rate.output) / 1e6;
}

/** The rate of a whole request by its input tokens. */
function rateFor(price: KnownPrice | null, input: number): Rate | null {
  if (price?.input === undefined || price.output === undefined) return null;
  const tier = price.tiers.findLast(({ above }) => input > above);
  return tier ?? { input: price.input, cached: price.cached, output: price.output };
}
