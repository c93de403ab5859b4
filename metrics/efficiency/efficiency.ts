import { z } from 'zod';
import { byTopic, type Compared } from '../comparison/compared.ts';
import type { CellResult, Evidence } from '../evidence.ts';
import { defineMetric } from '../metric.ts';
import { cellsOf, costKnown, isFinished, timeKnown, tokensKnown } from './cells.ts';
import { costTable } from './cost-table.ts';
import { evaluationTable } from './evaluation-table.ts';
import { funnelTable } from './funnel-table.ts';
import { causeTable, repairTable } from './loss-tables.ts';
import { passTable } from './pass-table.ts';
import { perVideoTable } from './per-video-table.ts';
import { roleTable } from './spending-table.ts';

/** Efficiency (paper section 3.3), read from the ledger: no call, no measurement, failures included. */
export const efficiency = defineMetric({
  name: 'efficiency',
  version: '2',
  settings: z.strictObject({}),
  endpoints: () => [],
  prompts: [],
  slots: () => [],
  estimate: () => ({}),
  measure: () => Promise.reject(new Error('efficiency is read from the ledger and measures nothing')),
  score: (evidence) => [
    costTable(evidence),
    ...passTable(evidence),
    perVideoTable(evidence),
    roleTable(evidence),
    ...evaluationTable(evidence),
    funnelTable(evidence),
    ...repairTable(evidence),
    ...causeTable(evidence),
  ],
  compares: (evidence) => [
    compared(evidence, 'cost', 'Cost of a topic', 'US cents', 100, costKnown),
    compared(evidence, 'time', 'Time of a topic, critical path', 's', 1, timeKnown),
    compared(evidence, 'tokens', 'Tokens of a topic', 'thousand tokens', 1 / 1000, tokensKnown),
  ],
});

/** Over all finished cells, failed ones included: less is better. */
function compared(
  evidence: Evidence,
  name: string,
  label: string,
  unit: string,
  scale: number,
  of: (cell: CellResult) => number | null,
): Compared {
  return {
    ...{ id: `efficiency-${name}`, metric: 'efficiency', label, unit, scale },
    ...{ range: [0, Number.POSITIVE_INFINITY], higherIsBetter: false },
    methods: evidence.methods.map((method) => ({
      ...{ id: method.id, label: method.label, scripted: method.scripted },
      values: byTopic(
        cellsOf(evidence, method)
          .filter(isFinished)
          .map((cell) => ({ cell })),
        ({ cell }) => of(cell),
      ),
    })),
  };
}
