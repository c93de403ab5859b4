import type { BundleView } from '../harness/store/bundle.ts';
import { type EstimateLine, partOf, type Span } from '../harness/store/estimate-schema.ts';
import { ledgerOf } from '../harness/store/ledger.ts';
import type { Ledger } from '../harness/store/ledger-schema.ts';
import type { Evidence } from '../metrics/evidence.ts';
import type { Figure, Table } from '../metrics/table.ts';
import { formatInteger, formatUsd, unknown } from './format.ts';

type Columns = Table['columns'];

const pair = (key: string, label: string, format: Columns[number]['format']): Columns => [
  { key: `${key}Estimate`, label: `${label}, estimated`, format: 'text', align: 'right' },
  { key, label, format, align: 'right' },
];

/** What the run was expected to take when it was planned, beside what it took; nothing for bundles without an estimate. */
export function estimateTables({ run, plan, state }: BundleView, evidence: Evidence): Table[] {
  const lines = run.configs.at(-1)?.estimate ?? [];
  if (lines.length === 0) return [];
  const parts = new Map([...plan.cells, ...plan.slots].map((job) => [job.id, partOf(job)]));
  const calls = Map.groupBy(state.calls, ({ owner, role, endpoint }) =>
    keyOf({ part: parts.get(owner) ?? '', role, endpoint }),
  );
  const renders = Map.groupBy(state.renders, ({ owner }) => parts.get(owner) ?? '');
  const factOf = (line: EstimateLine) =>
    line.role === 'renderer'
      ? ledgerOf([], renders.get(line.part) ?? [])
      : ledgerOf(calls.get(keyOf(line)) ?? [], []);
  return [
    {
      id: 'estimate',
      title: 'Estimate against fact',
      detail: true,
      caption:
        'What the run was expected to take when it was planned, from a good day to a bad one, and what it took, failed calls included. Seconds are of rendering, or of video made.',
      columns: [
        { key: 'role', label: 'Role', format: 'text', align: 'left' },
        { key: 'endpoint', label: 'Endpoint', format: 'text', align: 'left' },
        {
          key: 'basis',
          label: 'From',
          format: 'text',
          align: 'left',
          help: 'guess: what such calls use as a rule; ledger: means of what was run before',
        },
        ...pair('calls', 'Calls or renders', 'integer'),
        ...pair('tokens', 'Tokens', 'integer'),
        ...pair('seconds', 'Seconds', 'seconds'),
        ...pair('cost', 'Cost', 'usd'),
      ],
      rows: lines.map((line) => rowOf(line, factOf(line), evidence)),
    },
  ];
}

const keyOf = ({ part, role, endpoint }: Pick<EstimateLine, 'part' | 'role' | 'endpoint'>) =>
  [part, role, endpoint].join('|');

function rowOf(line: EstimateLine, fact: Ledger, { methods }: Evidence): Table['rows'][number] {
  const method = methods.find(({ id }) => id === line.part);
  const text = (value: string): Figure => ({ value, n: null });
  const renderer = line.role === 'renderer';
  const video = fact.media.madeS;
  const tokens = { low: line.input.low + line.output.low, high: line.input.high + line.output.high };
  const labels = { role: text(line.role), endpoint: text(line.endpoint), basis: text(line.basis) };
  const money: Record<string, Figure> = renderer
    ? {}
    : { costEstimate: text(line.costUsd ? range(line.costUsd, formatUsd) : unknown), cost: costOf(fact) };
  const used: Record<string, Figure> =
    tokens.high === 0 ? {} : { tokensEstimate: text(range(tokens, formatInteger)), tokens: tokensOf(fact) };
  const timed: Record<string, Figure> =
    line.seconds.high === 0 && video === 0
      ? {}
      : {
          secondsEstimate: text(range(line.seconds, formatInteger)),
          seconds: { value: renderer ? fact.renderS : video, n: null },
        };
  const counted = {
    callsEstimate: text(range(line.calls, formatInteger)),
    calls: { value: renderer ? fact.renders : fact.calls, n: null },
  };
  const figures = { ...labels, ...counted, ...used, ...timed, ...money };
  return { methodId: method?.id ?? null, label: method?.label ?? line.part, figures };
}

function range({ low, high }: Span, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  return from === to ? from : `${from} – ${to}`;
}

function tokensOf({ tokens: { input, output }, unbilled }: Ledger): Figure {
  const value = input === null || output === null ? null : input + output;
  return { value, n: null, ...(unbilled > 0 && { atLeast: true }) };
}

function costOf({ costUsd, costKnownUsd }: Ledger): Figure {
  if (costUsd !== null || costKnownUsd === 0) return { value: costUsd, n: null };
  return { value: costKnownUsd, n: null, atLeast: true };
}
