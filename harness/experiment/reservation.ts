import { MmmcError } from '../store/errors.ts';
import { Interrupted } from './control.ts';

/** What calls use of a budget; `usd` is `null` where no price is known. */
export interface Amount {
  /** Requests sent, repeated ones too. */
  calls: number;
  /** Input and output. */
  tokens: number;
  usd: number | null;
  /** How long they were under way. */
  ms: number;
}

/** What a scope (a run, a method, a cell) may use; what is absent has no limit. */
export interface Limits {
  calls?: number | undefined;
  tokens?: number | undefined;
  usd?: number | undefined;
  minutes?: number | undefined;
}

/** Something set aside for one request, given back by `settle`. */
export interface Reservation {
  /** To be called once, with what was really used; nothing, when nothing was sent. */
  settle(actual: Amount): void;
}

/**
 * The port to budgets: in this process now, behind a shared store when workers share one. A request is sent only while the most
 * that it can use is set aside in every scope that pays for it; so no budget is exceeded, whatever the replies are.
 */
export interface Reservations {
  /**
   * Sets `most` aside in all these scopes, waiting for others to settle where that may make room.
   * Throws `BudgetReached` when it never fits again: the scope is then closed. Rejects with the signal's reason on abort.
   */
  reserve(scopes: readonly string[], most: Omit<Amount, 'ms'>, signal: AbortSignal): Promise<Reservation>;
  /** Says why a scope is closed, `null` while it is open. */
  closed(scope: string): string | null;
}

/** Thrown where a request would not fit into a budget; its job stays open for a run with a larger one. */
export class BudgetReached extends Interrupted {
  override name = 'BudgetReached';
}

/** A scope as it begins: its limits, and what was spent in it before. */
export interface ScopeStart {
  limits: Limits;
  spent: Amount;
  /** Time used so far, where it is not that of the calls. */
  clockMs?: () => number;
}

interface Scope extends ScopeStart {
  /** Sums of what is set aside now, and how many reservations that is. */
  held: { calls: number; tokens: number; usd: number; open: number };
  closed: string | null;
}

const nothingHeld = { calls: 0, tokens: 0, usd: 0, open: 0 };

type Paying = readonly (readonly [string, Scope])[];

/** A request that waits until others have settled. */
interface Waiter {
  paying: Paying;
  most: Omit<Amount, 'ms'>;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Reservations of one process. Scopes without limits need not be named. */
export class LocalReservations implements Reservations {
  readonly #scopes: Map<string, Scope>;
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiter>();

  constructor(scopes: ReadonlyMap<string, ScopeStart>) {
    const begin = (start: ScopeStart): Scope => ({
      ...start,
      spent: { ...start.spent },
      held: { ...nothingHeld },
      closed: null,
    });
    this.#scopes = new Map([...scopes].map(([name, start]) => [name, begin(start)]));
  }

  async reserve(
    scopes: readonly string[],
    most: Omit<Amount, 'ms'>,
    signal: AbortSignal,
  ): Promise<Reservation> {
    signal.throwIfAborted();
    const paying = scopes.flatMap((name) => {
      const scope = this.#scopes.get(name);
      return scope ? [[name, scope] as const] : [];
    });
    if (!takes(paying, most)) await this.#turn(paying, most, signal);
    return { settle: (actual) => this.#settle(paying, most, actual) };
  }

  closed(name: string): string | null {
    const scope = this.#scopes.get(name);
    if (scope === undefined) return null;
    scope.closed ??= timeUp(name, scope);
    return scope.closed;
  }

  #turn(paying: Paying, most: Omit<Amount, 'ms'>, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { paying, most, resolve, reject };
    this.#waiting.add(waiter);
    const abort = () => {
      this.#waiting.delete(waiter);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  #settle(paying: Paying, most: Omit<Amount, 'ms'>, actual: Amount): void {
    for (const [, scope] of paying) {
      hold(scope, most, -1);
      const { spent } = scope;
      spent.calls += actual.calls;
      spent.tokens += actual.tokens;
      spent.usd = (spent.usd ?? 0) + (actual.usd ?? 0);
      spent.ms += actual.ms;
    }
    for (const waiter of this.#waiting) this.#retry(waiter);
  }

  #retry(waiter: Waiter): void {
    try {
      if (!takes(waiter.paying, waiter.most)) return;
      waiter.resolve();
    } catch (thrown) {
      waiter.reject(thrown);
    }
    this.#waiting.delete(waiter);
  }
}

/** Sets it aside if it fits now; throws `BudgetReached` when it never will. */
function takes(paying: Paying, most: Omit<Amount, 'ms'>): boolean {
  for (const [name, scope] of paying) checkFits(name, scope, most);
  if (!paying.every(([, scope]) => fitsNow(scope, most))) return false;
  for (const [, scope] of paying) hold(scope, most, 1);
  return true;
}

function hold(scope: Scope, most: Omit<Amount, 'ms'>, sign: 1 | -1): void {
  const { held } = scope;
  held.open += sign;
  // Sums of fractions do not come back to 0 by themselves; a trace that is left could be waited for without end.
  if (held.open === 0) scope.held = { ...nothingHeld };
  held.calls += sign * most.calls;
  held.tokens += sign * most.tokens;
  held.usd += sign * (most.usd ?? 0);
}

/** Closes the scope and throws when `most` will never fit: what is spent only grows. */
function checkFits(name: string, scope: Scope, most: Omit<Amount, 'ms'>): void {
  if (most.usd === null && scope.limits.usd !== undefined)
    throw new MmmcError('unknown_price', 'a call whose price is not known cannot be paid from a budget', {
      hint: 'Write its endpoint’s price, or leave usd out of the budget.',
    });
  scope.closed ??= timeUp(name, scope) ?? tooMuch(name, scope, most);
  if (scope.closed !== null) throw new BudgetReached(scope.closed);
}

function timeUp(name: string, { limits, spent, clockMs }: Scope): string | null {
  const ms = clockMs?.() ?? spent.ms;
  if (limits.minutes === undefined || ms < limits.minutes * 60_000) return null;
  return `the budget of ${name} is reached: ${(ms / 60_000).toFixed(1)} of ${limits.minutes} minutes`;
}

function tooMuch(name: string, { limits, spent }: Scope, most: Omit<Amount, 'ms'>): string | null {
  const says = (used: string, limit: string, next: string) =>
    `the budget of ${name} is reached: ${used} of ${limit} are spent, and the next request may need ${next}`;
  const over = (used: number, limit: number | undefined, next: number) =>
    limit !== undefined && used + next > limit;
  const usd = (value: number) => `$${value.toFixed(4)}`;
  const usedUsd = spent.usd ?? 0;
  if (over(usedUsd, limits.usd, most.usd ?? 0))
    return says(usd(usedUsd), usd(limits.usd ?? 0), usd(most.usd ?? 0));
  if (over(spent.tokens, limits.tokens, most.tokens))
    return says(`${spent.tokens}`, `${limits.tokens} tokens`, `${most.tokens}`);
  if (over(spent.calls, limits.calls, most.calls))
    return says(`${spent.calls}`, `${limits.calls} calls`, '1');
  return null;
}

function fitsNow({ limits, spent, held }: Scope, most: Omit<Amount, 'ms'>): boolean {
  const fits = (used: number, limit: number | undefined) => limit === undefined || used <= limit;
  return (
    fits((spent.usd ?? 0) + held.usd + (most.usd ?? 0), limits.usd) &&
    fits(spent.tokens + held.tokens + most.tokens, limits.tokens) &&
    fits(spent.calls + held.calls + most.calls, limits.calls)
  );
}
