import { decimal, seconds, usd, whole } from '../columns.ts';
import type { CellResult, Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Figure, Table } from '../table.ts';
import { cellsOf, hasVideo, isFinished, tokensKnown, tokensOf, tokensSaid } from './cells.ts';

/** Means per topic: the table of efficiency. */
export function costTable(evidence: Evidence): Table {
  return {
    id: 'efficiency',
    title: 'Efficiency',
    caption:
      'Means per topic over all finished cells, failed ones included. Time is the critical path of a cell: what it takes where nothing waits for a limit that it shares with others. Working time is what calls and renders themselves took, summed; waiting is queues and back-off. Tokens are input plus output of all roles. What is known in part only is at least (≥) what is known. Of videos that exist, and of programs whose calls did not pass through the metering proxy, only what their makers say is known, and marked so.',
    columns: [
      whole('tokens', 'Tokens', 'input + output, all roles'),
      seconds('time', 'Time', 'critical path, without queues'),
      decimal('calls', 'Calls'),
      usd('cost', 'Cost'),
      seconds('working', 'Working'),
      seconds('waiting', 'Waiting'),
      seconds('render', 'Render', 'wall time of renders'),
      decimal('checks', 'Checks'),
      decimal('renders', 'Renders'),
      decimal('repairs', 'Repairs'),
      whole(
        'tokensPerVideo',
        'Tokens / video',
        'tokens of all finished cells divided by the videos they yielded',
      ),
    ],
    rows: evidence.methods.map((method) => {
      const cells = cellsOf(evidence, method).filter(isFinished);
      /** Of our own ledger, or what their makers say; `null` where neither knows. */
      const figure = (
        measured: (cell: CellResult) => number | null,
        said: (reported: NonNullable<CellResult['reported']>) => number | null = () => null,
      ): Figure => {
        const values = cells.map((cell) => (cell.reported ? said(cell.reported) : measured(cell)));
        const told = cells.some(({ reported }) => reported && said(reported) !== null);
        return { ...meanFigure(values, method.scripted), ...(told && { note: 'self-reported' }) };
      };
      const atLeast = cells.some((c) => c.ledger.unbilled > 0) && { atLeast: true };
      const reported = cells.some((cell) => cell.reported);
      return {
        methodId: method.id,
        label: method.label,
        figures: {
          tokens: { ...figure(tokensOf, tokensSaid), ...atLeast },
          time: figure(
            (c) => c.timeS,
            (r) => r.timeS,
          ),
          calls: figure(
            (c) => c.ledger.calls,
            (r) => r.calls,
          ),
          cost: reported
            ? figure(
                (c) => c.ledger.costUsd,
                (r) => r.costUsd,
              )
            : costFigure(cells, method),
          working: figure((c) => c.ledger.workingS),
          waiting: figure((c) => c.ledger.waitingS),
          render: figure((c) => c.ledger.renderS),
          checks: figure((c) => c.ledger.checks),
          renders: figure((c) => c.ledger.renders),
          repairs: figure((c) => c.ledger.repairs),
          tokensPerVideo: tokensPerVideo(cells, method),
        },
      };
    }),
  };
}

/** Mean cost; where a part of it is not known, what is known is the least that it can be. */
function costFigure(cells: readonly CellResult[], method: MethodResult): Figure {
  const incomplete = cells.filter(({ ledger }) => ledger.costUsd === null).length;
  const known = meanFigure(
    cells.map(({ ledger }) => ledger.costKnownUsd),
    method.scripted,
  );
  if (incomplete === 0 || known.value === 0)
    return meanFigure(
      cells.map(({ ledger }) => ledger.costUsd),
      method.scripted,
    );
  return { ...known, atLeast: true, note: `at least: of ${incomplete} of ${cells.length} not all is known` };
}

function tokensPerVideo(cells: readonly CellResult[], method: MethodResult): Figure {
  const tokens = cells.map(tokensKnown);
  const videos = cells.filter(hasVideo).length;
  const known = tokens.filter((t) => t !== null);
  const value =
    videos === 0 || known.length < tokens.length ? null : known.reduce((a, b) => a + b, 0) / videos;
  return { value, n: videos, ...(method.scripted ? { scripted: true } : {}) };
}
