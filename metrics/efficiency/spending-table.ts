import type { Spending } from '../../harness/store/ledger-schema.ts';
import { text, tokens, usd, whole } from '../columns.ts';
import type { Evidence, MethodResult } from '../evidence.ts';
import type { Figure, Table } from '../table.ts';
import { cellsOf } from './cells.ts';

/** What making the videos cost, by role and purpose. */
export function roleTable(evidence: Evidence): Table {
  return {
    id: 'spending',
    title: 'Spending by role and purpose',
    detail: true,
    caption: 'Sums over all cells of a method, failed calls included.',
    columns: [
      text('role', 'Role'),
      text('purpose', 'Purpose'),
      whole('calls', 'Calls'),
      whole('failed', 'Failed'),
      tokens('input', 'Input'),
      tokens('cached', 'Cached'),
      tokens('output', 'Output'),
      tokens('reasoning', 'Reasoning'),
      usd('cost', 'Cost'),
    ],
    rows: evidence.methods.flatMap((method) => spendingRows(evidence, method)),
  };
}

function spendingRows(evidence: Evidence, method: MethodResult): Table['rows'] {
  const cells = cellsOf(evidence, method);
  const lines = cells.flatMap((cell) => cell.ledger.byPurpose);
  const groups = Map.groupBy(lines, (line) => `${line.role}|${line.purpose}`);
  return [...groups.values()].map((group) => {
    const figure = (values: readonly (number | null)[]): Figure => ({
      value: values.some((v) => v === null) ? null : values.reduce<number>((a, b) => a + (b ?? 0), 0),
      n: group.length,
      ...(method.scripted ? { scripted: true } : {}),
    });
    return {
      methodId: method.id,
      label: method.label,
      figures: {
        role: { value: group[0]?.role ?? '', n: null },
        purpose: { value: group[0]?.purpose ?? '', n: null },
        calls: figure(group.map((l) => l.calls)),
        failed: figure(group.map((l) => l.failedCalls)),
        input: figure(group.map((l) => l.tokens.input)),
        cached: figure(group.map((l) => l.tokens.cached)),
        output: figure(group.map((l) => l.tokens.output)),
        reasoning: figure(group.map((l) => l.tokens.reasoning)),
        cost: sumFigure(group, method),
      },
    };
  });
}

/** A sum of money; known in part it is at least that. */
function sumFigure(lines: readonly Spending[], method: MethodResult): Figure {
  const known = lines.reduce((sum, line) => sum + line.costKnownUsd, 0);
  const complete = lines.every((line) => line.costUsd !== null);
  return {
    value: complete || known > 0 ? known : null,
    n: lines.length,
    ...(complete || known === 0 ? {} : { atLeast: true }),
    ...(method.scripted ? { scripted: true } : {}),
  };
}
