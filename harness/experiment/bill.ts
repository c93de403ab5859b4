import { type ChatReply, type TokenUsage, unknownUsage } from '../models/chat.ts';
import { chatCost, videoCost } from '../models/cost.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { priceOf } from '../models/prices.ts';
import type { VideoReply, VideoRequest } from '../models/video.ts';
import { MmmcError } from '../store/errors.ts';
import type { CallEvent } from '../store/events.ts';
import type { Amount } from './reservation.ts';

/** What one attempt cost, as far as anybody knows. */
export interface AttemptBill {
  usage: TokenUsage;
  costUsd: number | null;
  costFrom?: CallEvent['costFrom'];
  /** The server may have charged something that it never told. */
  lost?: boolean;
}

/** The most that one attempt can use. */
export interface Most {
  input: number;
  output: number;
  usd: number | null;
}

const noUsage: TokenUsage = { input: 0, cached: 0, output: 0, reasoning: 0 };
export const nothingUsed: AttemptBill = { usage: noUsage, costUsd: 0 };

/** The bill of an answered attempt: what the server says that it cost, else its tokens by the dated price. */
export function chatBill(endpoint: Endpoint, { usage, providerCostUsd }: ChatReply): AttemptBill {
  if (providerCostUsd !== undefined) return { usage, costUsd: providerCostUsd, costFrom: 'provider' };
  return byPrice(endpoint, usage, chatCost(endpoint, usage));
}

/** The bill of a failed attempt: a refused request costs nothing, one that broke off is not known. */
export function failedChatBill(endpoint: Endpoint, thrown: unknown): AttemptBill {
  if (thrown instanceof ModelError && thrown.usage !== null)
    return byPrice(endpoint, thrown.usage, chatCost(endpoint, thrown.usage));
  return isFree(thrown) ? nothingUsed : { usage: unknownUsage, costUsd: null, lost: true };
}

/** The bill of a video: what the server says that it cost, else its seconds by the dated price. */
export function videoBill(
  endpoint: Endpoint,
  request: VideoRequest,
  { providerCostUsd }: VideoReply,
): AttemptBill {
  if (providerCostUsd !== undefined)
    return { usage: noUsage, costUsd: providerCostUsd, costFrom: 'provider' };
  return byPrice(endpoint, noUsage, videoCost(endpoint, request));
}

/** What a failed job cost is not known, unless the server never took it. */
export function failedVideoBill(thrown: unknown): AttemptBill {
  const free = thrown instanceof ModelError ? !thrown.submitted : isFree(thrown);
  return free ? nothingUsed : { usage: noUsage, costUsd: null, lost: true };
}

function byPrice(endpoint: Endpoint, usage: TokenUsage, costUsd: number | null): AttemptBill {
  const costFrom = costUsd === null ? undefined : priceOf(endpoint)?.origin;
  return { usage, costUsd, ...(costFrom && { costFrom }) };
}

/** Errors of sockets that no request went through. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** Did the server turn the request away, or never see it? No provider charges for that. */
export function isFree(thrown: unknown): boolean {
  // An error of ours comes before anything is sent.
  if (thrown instanceof MmmcError) return true;
  if (!(thrown instanceof ModelError) || thrown.submitted) return false;
  const { status } = thrown;
  if (status !== null)
    return (
      (status >= 400 && status < 500 && status !== 408 && status !== 499) || status === 503 || status === 529
    );
  for (let at: unknown = thrown; at instanceof Error; at = at.cause)
    if ('code' in at && unsent.includes(String(at.code))) return true;
  return false;
}

const isKnown = ({ usage, lost = false }: AttemptBill) =>
  !lost && usage.input !== null && usage.output !== null;

/** What an attempt counts in budgets: its bill, and the most it can have been where that is not known. */
export function chargeOf({ usage, costUsd }: AttemptBill, most: Most): Omit<Amount, 'ms'> {
  const tokens = (usage.input ?? most.input) + (usage.output ?? most.output);
  return { calls: 1, tokens, usd: costUsd ?? most.usd };
}

/** The bill of a call from those of its attempts, as the journal keeps it: what is known, and apart from it what is not. */
export function callBill(
  attempts: readonly AttemptBill[],
  most: () => Most,
): Pick<CallEvent, 'usage' | 'costUsd' | 'costFrom' | 'unbilled'> {
  const known = attempts.filter(isKnown);
  const unknown = attempts.filter((bill) => !isKnown(bill));
  const unbilled = unknown.length === 0 ? null : unbilledOf(unknown, most());
  const { costFrom } = attempts.findLast((bill) => bill.costFrom !== undefined) ?? {};
  return {
    usage:
      known.length > 0
        ? known.map(({ usage }) => usage).reduce(addUsage, noUsage)
        : (attempts.at(-1)?.usage ?? noUsage),
    costUsd: knownCost(attempts, known) ?? (unbilled?.usd === 0 ? 0 : null),
    ...(costFrom && { costFrom }),
    ...(unbilled && { unbilled }),
  };
}

/** USD of the attempts that have a bill; `null` where known tokens have no price, or nothing is known. */
function knownCost(attempts: readonly AttemptBill[], known: readonly AttemptBill[]): number | null {
  const costs = attempts.flatMap(({ costUsd }) => costUsd ?? []);
  return costs.length === 0 || known.some(({ costUsd }) => costUsd === null) ? null : sumOf(costs);
}

function unbilledOf(attempts: readonly AttemptBill[], most: Most): NonNullable<CallEvent['unbilled']> {
  const tokens = attempts.map(
    (bill) => chargeOf(bill, most).tokens - (bill.usage.input ?? 0) - (bill.usage.output ?? 0),
  );
  const usd = attempts.map((bill) => (bill.costUsd === null ? most.usd : 0));
  return {
    attempts: attempts.length,
    tokens: sumOf(tokens),
    usd: usd.includes(null) ? null : sumOf(usd.map((value) => value ?? 0)),
  };
}

const sumOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  const add = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return {
    input: add(a.input, b.input),
    cached: add(a.cached, b.cached),
    output: add(a.output, b.output),
    reasoning: add(a.reasoning, b.reasoning),
  };
}
