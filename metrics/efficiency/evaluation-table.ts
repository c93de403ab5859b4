import { text, tokens, usd, whole } from '../columns.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import type { Figure, Table } from '../table.ts';

/** What measuring cost, apart from making: by metric and endpoint. No table where nothing was asked. */
export function evaluationTable(evidence: Evidence): Table[] {
  const asked = evidence.measurements.filter(({ endpoint }) => endpoint !== '');
  const groups = [...Map.groupBy(asked, ({ metric, endpoint }) => `${metric} ${endpoint}`).values()];
  if (groups.length === 0) return [];
  return [
    {
      id: 'evaluation-spending',
      title: 'Spending on evaluation',
      detail: true,
      caption: 'Sums over all measurements of a metric by one endpoint: no part of any method’s efficiency.',
      columns: [
        text('endpoint', 'Endpoint'),
        whole('measurements', 'Measurements', 'planned'),
        whole('calls', 'Calls', 'failed ones included'),
        tokens('input', 'Input'),
        tokens('output', 'Output'),
        usd('cost', 'Cost'),
      ],
      rows: groups.flatMap((group) => {
        const [first] = group;
        return first === undefined
          ? []
          : [{ methodId: null, label: first.metric, figures: figuresOf(first.endpoint, group) }];
      }),
    },
  ];
}

function figuresOf(endpoint: string, group: readonly MeasurementResult[]): Record<string, Figure> {
  const scripted = group.every((one) => one.scripted) ? { scripted: true } : {};
  const sum = (of: (one: MeasurementResult) => number | null): Figure => {
    const values = group.map(of);
    const known = values.flatMap((value) => value ?? []).reduce((a, b) => a + b, 0);
    const complete = values.every((value) => value !== null);
    return {
      value: complete || known > 0 ? known : null,
      ...{ n: group.length, ...scripted },
      ...(complete || known === 0 ? {} : { atLeast: true }),
    };
  };
  return {
    endpoint: { value: endpoint, n: null },
    measurements: { value: group.length, n: null },
    calls: sum(({ ledger }) => ledger.calls),
    input: sum(({ ledger }) => ledger.tokens.input),
    output: sum(({ ledger }) => ledger.tokens.output),
    cost: sum(({ ledger }) => ledger.costUsd),
  };
}
