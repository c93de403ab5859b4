import type { Role } from '../models/chat.ts';
import { secondsOf } from '../models/cost.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { requestOf } from '../models/video.ts';
import type { Span } from '../store/estimate-schema.ts';
import { none } from './span.ts';

/** What one call uses. */
export interface CallUse {
  input: Span;
  output: Span;
  seconds: Span;
}

interface Tokens {
  input: readonly [number, number];
  output: readonly [number, number];
}

/**
 * Tokens of one call where nothing was run yet, from a short request to a reasoning model to a long one that thinks. With them
 * Code2Video’s lesson takes 15,000 to 920,000 tokens; 41,800 (paper, Table 1) to 680,000 (an independent rerun) were counted.
 */
const chats: Readonly<Record<Exclude<Role, 'video-generator'>, Tokens>> = {
  planner: { input: [200, 4000], output: [300, 6000] },
  coder: { input: [100, 8000], output: [300, 8000] },
  critic: { input: [3000, 20_000], output: [20, 3000] },
  judge: { input: [3000, 30_000], output: [50, 2000] },
  student: { input: [3000, 30_000], output: [5, 1000] },
  builder: { input: [1000, 10_000], output: [200, 3000] },
  reviewer: { input: [1000, 10_000], output: [200, 3000] },
};

/** A question without a video. */
const questionAlone = [100, 800] as const;

const span = ([low, high]: readonly [number, number]): Span => ({ low, high });

/** A guess at one call of a role; replies are never longer than the endpoint's cap. */
export function guessCall(
  role: Role,
  endpoint: Endpoint,
  { seesVideo = true, clipS }: { seesVideo?: boolean; clipS?: number | undefined } = {},
): CallUse {
  if (role === 'video-generator') {
    const request = requestOf({ prompt: '', seed: 0, ...(clipS && { seconds: clipS }) }, endpoint);
    const seconds = secondsOf(request);
    return { input: none, output: none, seconds: { low: seconds, high: seconds } };
  }
  const { input, output } = chats[role];
  const cap = endpoint.maxOutputTokens;
  return {
    input: span(role === 'student' && !seesVideo ? questionAlone : input),
    output: { low: Math.min(output[0], cap), high: Math.min(output[1], cap) },
    seconds: none,
  };
}

/** Seconds of one render of a section by quality, on a core of its own: measured on this project's lessons, with room upwards. */
export const guessRenderS: Readonly<Record<'low' | 'medium' | 'high', Span>> = {
  low: { low: 2, high: 20 },
  medium: { low: 4, high: 50 },
  high: { low: 10, high: 150 },
};
