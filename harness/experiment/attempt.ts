import type { Endpoint } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { withRetry } from '../models/retry.ts';
import type { CallEvent } from '../store/events.ts';
import { type AttemptBill, callBill, chargeOf, isFree, type Most } from './bill.ts';
import type { RunControl } from './control.ts';
import type { Endpoints } from './endpoints.ts';
import type { Amount } from './reservation.ts';

/** Longest a call may take with all its retries and the waits between them, ms; its time in queues is apart. */
const maxElapsedMs = 30 * 60_000;

/** One call to make: how it is sent, and what an attempt of it costs. */
export interface Calling<T> {
  endpoint: Endpoint;
  /** The cell or slot that pays. */
  owner: string;
  /** The most that one attempt can use. */
  most: () => Most;
  send: (signal: AbortSignal) => Promise<T>;
  billOf: (value: T) => AttemptBill;
  failedBill: (thrown: unknown) => AttemptBill;
}

/** What came of a call after its retries, with the bill of all attempts. */
export interface Attempted<T> {
  /** `null` when it failed. */
  value: T | null;
  /** What is to be thrown once a failed call is recorded. */
  thrown: unknown;
  failure: CallEvent['failure'];
  attempts: number;
  workingMs: number;
  waitingMs: number;
  bill: ReturnType<typeof callBill>;
}

/**
 * Makes a call, each attempt within the endpoint's limit and with the most that it can cost set aside from the budgets before.
 * Returns what must be recorded, failed calls included; throws what came before anything was sent or cost anything
 * (`Interrupted`, `BudgetReached`, MmmcError, ModelError `quota` of an endpoint that has stopped).
 */
export async function attemptCall<T>(
  calling: Calling<T>,
  endpoints: Endpoints,
  control: RunControl,
): Promise<Attempted<T>> {
  control.checkpoint();
  const { endpoint } = calling;
  const start = performance.now();
  const sent: Sent[] = [];
  const done = (value: T | null, thrown: unknown, failure: CallEvent['failure']): Attempted<T> => {
    const workingMs = workedMs(sent);
    const waitingMs = Math.max(0, performance.now() - start - workingMs);
    const bill = callBill(
      sent.map((attempt) => attempt.bill),
      calling.most,
    );
    return { value, thrown, failure, attempts: sent.length, workingMs, waitingMs, bill };
  };
  try {
    const value = await withRetry(() => attemptOnce(calling, endpoints, control, sent), {
      attempts: endpoint.attempts,
      maxElapsedMs,
      signal: control.signal,
      workedMs: () => workedMs(sent),
    });
    return done(value, null, null);
  } catch (thrown) {
    const failure = sent.length === 0 ? null : failureOf(thrown, sent);
    if (failure === null) throw thrown;
    return done(null, thrown, failure);
  }
}

/** An attempt that was sent. */
interface Sent {
  ms: number;
  bill: AttemptBill;
  thrown: unknown;
}

const workedMs = (sent: readonly Sent[]) => sent.reduce((sum, { ms }) => sum + ms, 0);

async function attemptOnce<T>(
  calling: Calling<T>,
  endpoints: Endpoints,
  control: RunControl,
  sent: Sent[],
): Promise<T> {
  const { signal } = control;
  const limiter = endpoints.limit(calling.endpoint);
  limiter.throwIfStopped();
  const held = await endpoints.budget?.reserve(calling.owner, reserved(calling.most()), signal);
  let used: Amount = { calls: 0, tokens: 0, usd: 0, ms: 0 };
  const tokens = () => reserved(calling.most()).tokens;
  try {
    return await limiter.run({ tokens, signal }, async (settleTokens) => {
      control.checkpoint();
      const began = performance.now();
      const answer = await outcomeOf(calling.send(signal));
      const ms = performance.now() - began;
      const bill = answer.ok ? calling.billOf(answer.value) : calling.failedBill(answer.thrown);
      sent.push({ ms, bill, thrown: answer.ok ? null : answer.thrown });
      const charge = chargeOf(bill, calling.most());
      settleTokens(charge.tokens);
      used = { ...charge, ms };
      if (answer.ok) return answer.value;
      throw answer.thrown;
    });
  } finally {
    held?.settle(used);
  }
}

const reserved = ({ input, output, usd }: Most) => ({ calls: 1, tokens: input + output, usd });

function outcomeOf<T>(work: Promise<T>) {
  return work.then(
    (value) => ({ ok: true, value }) as const,
    (thrown: unknown) => ({ ok: false, thrown }) as const,
  );
}

/** Why a call failed, for the journal; `null` when it left nothing to record. */
function failureOf(thrown: unknown, sent: readonly Sent[]): CallEvent['failure'] {
  const of = (error: ModelError) => ({ class: error.failure, message: error.message });
  if (thrown instanceof ModelError) return of(thrown);
  // Given up in the middle, or between two attempts: what was sent counts all the same.
  const last = sent.findLast((attempt) => attempt.thrown instanceof ModelError)?.thrown;
  if (last instanceof ModelError) return of(last);
  if (sent.every((attempt) => isFree(attempt.thrown))) return null;
  return { class: 'aborted', message: 'it was given up while it was under way' };
}
