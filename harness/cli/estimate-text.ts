import { formatInteger, formatUsd, unknown } from '../../reports/format.ts';
import type { totalOf } from '../experiment/estimate.ts';
import type { EstimateLine, Span } from '../store/estimate-schema.ts';
import { alignColumns } from './style.ts';

type Total = ReturnType<typeof totalOf>;

/** An estimate as `mmmc estimate` finds it. */
export interface FoundEstimate {
  cells: number;
  measurements: number;
  /** The run whose ledger it rests on. */
  from: string | null;
  lines: readonly EstimateLine[];
  total: Total;
  /** What is not done yet, where a run has begun. */
  left: { cells: number; measurements: number; total: Total } | null;
}

/** A span with both ends, or one where they read alike. */
function range({ low, high }: Span, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  return from === to ? from : `${from} – ${to}`;
}

const whole = (span: Span) => range({ low: Math.floor(span.low), high: Math.ceil(span.high) }, formatInteger);
const blank = (span: Span) => (span.high === 0 ? '' : whole(span));
const money = (total: Total) => `${total.unpriced > 0 ? '≥ ' : ''}${range(total.costUsd, formatUsd)}`;

/** The estimate for a terminal. */
export function estimateText(found: FoundEstimate): string {
  const head = ['Part', 'Role', 'Endpoint', 'Calls', 'Tokens in', 'Tokens out', 'Seconds', 'Cost', 'From'];
  const rows = found.lines.map((line) => [
    ...[line.part, line.role, line.endpoint],
    whole(line.calls),
    ...[line.input, line.output, line.seconds].map(blank),
    line.role === 'renderer' ? '' : line.costUsd ? range(line.costUsd, formatUsd) : unknown,
    line.basis === 'ledger' ? 'ledger' : 'guess',
  ]);
  const { total, left, from } = found;
  const summary = [
    `${found.cells} cells, ${found.measurements} measurements.`,
    totalText('In all', total),
    ...(left && left.cells + left.measurements > 0
      ? [
          `Still to do: ${left.cells} cells, ${left.measurements} measurements. ${totalText('For these', left.total)}`,
        ]
      : []),
    ...(left && left.cells + left.measurements === 0 ? ['All of it is done already.'] : []),
  ];
  const notes = [
    'Calls of the renderer are renders; seconds are of rendering, or of video made.',
    from === null
      ? 'No earlier run: questions are counted, all else is a guess, from a day when little is asked to one when much must be mended.'
      : `Lines from the ledger of ${from} hold nineteen times in twenty, if this run is like it.`,
    ...(total.unpriced > 0
      ? [
          `– is not known: ${total.unpriced} lines have no price (docs/costs.md), and the sum is at least what is named.`,
        ]
      : []),
  ];
  return `${[alignColumns([head, ...rows], [3, 4, 5, 6, 7]), summary.join('\n'), notes.join('\n')].join('\n\n')}\n`;
}

function totalText(what: string, total: Total): string {
  const tokens = `${whole(total.input)} tokens in, ${whole(total.output)} out`;
  const renders =
    total.renders.high === 0
      ? ''
      : `, ${whole(total.renders)} renders in ${whole(total.renderS)} s on a core`;
  return `${what}: ${whole(total.calls)} calls, ${tokens}, ${money(total)}${renders}.`;
}
