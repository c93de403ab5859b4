import type { Endpoint } from '../models/endpoint.ts';
import { priceOf } from '../models/prices.ts';
import { exitCodes, MmmcError } from '../store/errors.ts';
import type { CallEvent } from '../store/events.ts';
import type { Cell } from '../store/plan-file.ts';
import type { JournalState } from '../store/state.ts';
import type { Experiment } from './config.ts';
import type { Plan } from './plan.ts';
import {
  type Amount,
  BudgetReached,
  type Limits,
  LocalReservations,
  type Reservation,
  type Reservations,
  type ScopeStart,
} from './reservation.ts';

const run = 'the run';
const methodScope = (id: string) => `method ${id}`;
const cellScope = ({ topics }: Experiment, { id, topicId }: Pick<Cell, 'id' | 'topicId'>) =>
  `${id} (${topics.find((topic) => topic.id === topicId)?.slug ?? topicId})`;

/**
 * The budgets of a run: for all its calls, for making a method's videos, for making one video. What earlier runs of the bundle
 * spent counts, calls whose bill nobody knows by the most that they can have cost.
 */
export class Budget {
  readonly #reservations: Reservations;
  readonly #scopes: ReadonlyMap<string, readonly string[]>;
  readonly #names: readonly string[];
  readonly #refused = new Map<string, BudgetReached>();

  private constructor(starts: ReadonlyMap<string, ScopeStart>, scopes: ReadonlyMap<string, string[]>) {
    this.#reservations = new LocalReservations(starts);
    this.#scopes = scopes;
    this.#names = [...starts.keys()];
  }

  /** `null` when the experiment sets none. */
  static open(experiment: Experiment, plan: Plan, state: JournalState): Budget | null {
    const limits = limitsOf(experiment, plan);
    if (limits.size === 0) return null;
    const scopes = ({ methodId, ...cell }: Cell) => [run, methodScope(methodId), cellScope(experiment, cell)];
    const cells = new Map(plan.cells.map((cell) => [cell.id, scopes(cell)]));
    const clockMs = runClock(state);
    const byScope = new Map([...limits.keys()].map((name): [string, CallEvent[]] => [name, []]));
    // What is no longer planned was paid all the same.
    for (const call of state.calls)
      for (const name of cells.get(call.owner) ?? [run]) byScope.get(name)?.push(call);
    const starts = [...limits].map(([name, own]): [string, ScopeStart] => {
      const spent = spentBy(byScope.get(name) ?? []);
      return [name, { limits: own, spent, ...(name === run && { clockMs }) }];
    });
    return new Budget(new Map(starts), cells);
  }

  /** Sets aside the most that a request of this cell or slot can use; errors as in `Reservations`. */
  async reserve(owner: string, most: Omit<Amount, 'ms'>, signal: AbortSignal): Promise<Reservation> {
    try {
      return await this.#reservations.reserve(this.#scopes.get(owner) ?? [run], most, signal);
    } catch (thrown) {
      if (thrown instanceof BudgetReached) this.#refused.set(owner, thrown);
      throw thrown;
    }
  }

  /** Why a request of this cell or slot was refused, `null` when none was: whatever became of it then is no outcome. */
  refused(owner: string): BudgetReached | null {
    return this.#refused.get(owner) ?? null;
  }

  /** The budgets that are reached, in sentences. */
  reached(): string[] {
    return this.#names.flatMap((name) => this.#reservations.closed(name) ?? []);
  }
}

function limitsOf(experiment: Experiment, plan: Plan): Map<string, Limits> {
  const { perCell, ...whole } = experiment.file.budget;
  const limits = new Map<string, Limits>();
  const set = (name: string, own: Limits | undefined) => {
    if (own !== undefined && Object.values(own).some((limit) => limit !== undefined)) limits.set(name, own);
  };
  set(run, whole);
  for (const { id, budget } of experiment.methods) {
    const { perCell: ofCell = perCell, ...ofMethod } = budget ?? {};
    set(methodScope(id), ofMethod);
    for (const cell of plan.cells) if (cell.methodId === id) set(cellScope(experiment, cell), ofCell);
  }
  return limits;
}

/** What recorded calls count in a budget; replayed ones cost nothing again. */
export function spentBy(calls: readonly CallEvent[]): Amount {
  const spent = { calls: 0, tokens: 0, usd: 0, ms: 0 };
  for (const call of calls) {
    if (call.replayed) continue;
    spent.calls += call.attempts;
    spent.tokens += (call.usage.input ?? 0) + (call.usage.output ?? 0) + (call.unbilled?.tokens ?? 0);
    spent.usd += (call.costUsd ?? 0) + (call.unbilled?.usd ?? 0);
    spent.ms += call.workingMs;
  }
  return spent;
}

/** Time of the run by the clock: what earlier runs of the bundle took, and this one so far. */
function runClock(state: JournalState): () => number {
  const earlier = state.sessionsMs;
  const start = performance.now();
  return () => earlier + performance.now() - start;
}

/**
 * A budget in money needs the price of everything that is called: throws MmmcError `unknown_price` (exit 2) that names the
 * endpoints without one and what to write.
 */
export function checkPrices(experiment: Experiment, endpoints: Iterable<Endpoint>): void {
  const counted = new Set(moneyBy(experiment));
  const unpriced = [...endpoints].filter((endpoint) => counted.has(endpoint) && !isPriced(endpoint));
  if (unpriced.length === 0) return;
  const [first] = unpriced;
  const rates = first && makesVideos(first) ? 'second: …' : 'input: …, output: …';
  throw new MmmcError(
    'unknown_price',
    `A budget in US dollars needs prices, and these endpoints have none: ${unpriced.map(({ id }) => id).join(', ')}`,
    {
      hint: `Write into the entry: price: { ${rates}, source: …, date: … } (US dollars ${first && makesVideos(first) ? 'a second' : 'a million tokens'}; 0 where nothing is charged), or the id of one in configs/prices.yaml.`,
      exitCode: exitCodes.usage,
    },
  );
}

/** The endpoints whose calls a budget in money counts. */
function moneyBy({ file, methods, endpoints }: Experiment): Iterable<Endpoint> {
  if (file.budget.usd !== undefined) return endpoints.values();
  const limited = methods.filter(
    ({ budget }) => budget?.usd !== undefined || (budget?.perCell ?? file.budget.perCell)?.usd !== undefined,
  );
  return limited.flatMap(({ roles }) => [...roles.values()]);
}

/** Does the endpoint have the rates that its calls are charged by? A program may answer either way: any rate will do. */
function isPriced(endpoint: Endpoint): boolean {
  const price = priceOf(endpoint);
  const ofTokens = price?.input !== undefined && price.output !== undefined;
  const ofSeconds = price?.second !== undefined;
  if (endpoint.provider === 'command') return ofTokens || ofSeconds;
  return makesVideos(endpoint) ? ofSeconds : ofTokens;
}

const makesVideos = ({ provider }: Endpoint) => provider === 'videos-http' || provider === 'gemini-omni';
