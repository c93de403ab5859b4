import type { TokenUsage } from './chat.ts';
import type { Endpoint } from './endpoint.ts';
import type { VideoRequest } from './video.ts';

/** USD of a call by the endpoint's dated price; `null` when price or tokens are unknown. */
export function chatCost(endpoint: Endpoint, usage: TokenUsage | null): number | null {
  const { price } = endpoint;
  if (usage === null || usage.input === null || usage.output === null) return null;
  if (price?.input === undefined || price.output === undefined) return null;
  const cached = usage.cached ?? 0;
  const input = (usage.input - cached) * price.input + cached * (price.cached ?? price.input);
  return (input + usage.output * price.output) / 1e6;
}

/** USD of a clip by its seconds; `null` when the price is unknown. */
export function videoCost(endpoint: Endpoint, request: VideoRequest): number | null {
  const second = endpoint.price?.second;
  return second === undefined ? null : (second * request.frames) / request.fps;
}
