import { criticalPathS } from './critical-path.ts';
import type { CallEvent, RenderEvent } from './events.ts';
import type { Ledger, Spending, Tokens } from './ledger-schema.ts';
import type { JournalState } from './state.ts';

/** Sum in which one unknown makes the sum unknown; the sum of nothing is 0. */
function sum(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((total, v) => (total === null || v === null ? null : total + v), 0);
}

function addTokens(all: readonly Tokens[]): Tokens {
  return {
    input: sum(all.map((t) => t.input)),
    cached: sum(all.map((t) => t.cached)),
    output: sum(all.map((t) => t.output)),
    reasoning: sum(all.map((t) => t.reasoning)),
  };
}

const add = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Is all known of what a call cost? Where nothing is charged, attempts without a bill cost nothing either. */
export const isWhole = ({ unbilled }: CallEvent) => unbilled === undefined || unbilled.usd === 0;

/** What calls cost together; a sum in which something is unknown says what is known of it. */
function billOf(calls: readonly CallEvent[]) {
  const unbilled = add(calls.map((call) => call.unbilled?.attempts ?? 0));
  return {
    tokens: addTokens(calls.map((call) => call.usage)),
    costUsd: calls.every(isWhole) ? sum(calls.map((call) => call.costUsd)) : null,
    costKnownUsd: add(calls.map((call) => call.costUsd ?? 0)),
    unbilled,
    media: {
      // Earlier records do not count them, and had nothing but pictures.
      images: add(calls.map((call) => call.images ?? call.media.length)),
      videoS: add(calls.map((call) => call.videoS ?? 0)),
      madeS: add(calls.map((call) => call.madeS ?? 0)),
    },
  };
}

const seconds = (ms: readonly number[]) => Math.round(ms.reduce((a, b) => a + b, 0)) / 1000;

function spending(calls: readonly CallEvent[]): Spending[] {
  const groups = Map.groupBy(calls, (call) => `${call.role}|${call.purpose}`);
  return [...groups.values()]
    .map((group) => ({
      role: group[0]?.role ?? '',
      purpose: group[0]?.purpose ?? '',
      calls: group.length,
      failedCalls: group.filter((call) => call.failure !== null).length,
      ...billOf(group),
    }))
    .sort((a, b) => a.role.localeCompare(b.role) || a.purpose.localeCompare(b.purpose));
}

/** Calls that mend a scene: by scope, or anew (see the debug settings of Code2Video). */
const isRepair = (purpose: string) => /^(repair|regenerate|retry|debug_file)/.test(purpose);

/** The bill of some calls and renders: tokens, money, working and waiting time. */
export function ledgerOf(calls: readonly CallEvent[], renders: readonly RenderEvent[]): Ledger {
  const videos = renders.filter((r) => r.operation === 'render');
  return {
    calls: calls.length,
    ...billOf(calls),
    workingS: seconds([...calls.map((c) => c.workingMs), ...renders.map((r) => r.wallMs)]),
    waitingS: seconds([...calls.map((c) => c.waitingMs), ...renders.map((r) => r.queuedMs)]),
    renderS: seconds(videos.map((r) => r.wallMs)),
    cpuS: seconds(renders.map((r) => r.cpuMs)),
    checks: renders.filter((r) => r.operation === 'check').length,
    renders: videos.length,
    repairs: calls.filter((call) => isRepair(call.purpose)).length,
    byPurpose: spending(calls),
  };
}

/** Bills by cell or slot, and of any set of them. */
export class Ledgers {
  readonly #calls: Map<string, CallEvent[]>;
  readonly #renders: Map<string, RenderEvent[]>;

  constructor(state: JournalState) {
    this.#calls = Map.groupBy(state.calls, (call) => call.owner);
    this.#renders = Map.groupBy(state.renders, (render) => render.owner);
  }

  /** Critical path of one cell, in seconds. */
  timeOf(cell: string): number {
    return criticalPathS(this.#calls.get(cell) ?? [], this.#renders.get(cell) ?? []);
  }

  /** The bill of these cells or slots together. */
  of(owners: readonly string[]): Ledger {
    return ledgerOf(
      owners.flatMap((owner) => this.#calls.get(owner) ?? []),
      owners.flatMap((owner) => this.#renders.get(owner) ?? []),
    );
  }
}
