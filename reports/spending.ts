/** Spending by role and purpose, gathered from the ledgers of cells and measurements. */
import type { Ledger, Spending } from '../harness/store/ledger-schema.ts';
import type { Results } from './results.ts';

const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

/** Adds up by role and purpose; an unknown part makes the sum unknown. */
export function addSpending(ledgers: readonly Ledger[]): Spending[] {
  const sums = new Map<string, Spending>();
  for (const one of ledgers.flatMap((l) => l.byPurpose)) {
    const key = JSON.stringify([one.role, one.purpose]);
    const before = sums.get(key);
    sums.set(key, before === undefined ? one : added(before, one));
  }
  return [...sums.values()];
}

function added(a: Spending, b: Spending): Spending {
  return {
    role: a.role,
    purpose: a.purpose,
    calls: a.calls + b.calls,
    failedCalls: a.failedCalls + b.failedCalls,
    tokens: {
      input: sum(a.tokens.input, b.tokens.input),
      cached: sum(a.tokens.cached, b.tokens.cached),
      output: sum(a.tokens.output, b.tokens.output),
      reasoning: sum(a.tokens.reasoning, b.tokens.reasoning),
    },
    costUsd: sum(a.costUsd, b.costUsd),
  };
}

export interface SpendingGroup {
  label: string;
  methodId: string | null;
  lines: Spending[];
}

/** One group per method for producing, one for measuring. Groups without calls are left out. */
export function spendingGroups(results: Results): SpendingGroup[] {
  const groups = results.methods.map((method) => ({
    label: method.label,
    methodId: method.id,
    lines: addSpending(results.cells.filter((c) => c.methodId === method.id).map((c) => c.ledger)),
  }));
  const evaluation = { label: 'Evaluation', methodId: null, lines: results.run.ledger.evaluation.byPurpose };
  return [...groups, evaluation].filter((g) => g.lines.length > 0);
}
