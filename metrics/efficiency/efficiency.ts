import { z } from 'zod';
import type { Spending } from '../../harness/store/ledger-schema.ts';
import type { CellResult, Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import { defineMetric } from '../metric.ts';
import { passAtK } from '../statistics/pass-at-k.ts';
import type { Figure, Table } from '../table.ts';

/** A cell is finished when it is neither waiting nor a failure of ours; only finished cells enter a mean. */
const finished = (cell: CellResult) => ['ok', 'partial', 'method_failed', 'refused'].includes(cell.status);

const hasVideo = (cell: CellResult) => cell.video !== null;

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
    roleTable(evidence),
    funnelTable(evidence),
  ],
});

function costTable(evidence: Evidence): Table {
  return {
    id: 'efficiency',
    title: 'Efficiency',
    caption:
      'Means per topic over all finished cells, failed ones included. Time is the critical path of a cell: what it takes where nothing waits for a limit that it shares with others. Working time is what calls and renders themselves took, summed; waiting is queues and back-off. Tokens are input plus output of all roles. What is known in part only is at least (≥) what is known. Of videos that exist, and of programs whose calls did not pass through the metering proxy, only what their makers say is known, and marked so.',
    columns: [
      {
        key: 'tokens',
        label: 'Tokens',
        format: 'integer',
        align: 'right',
        help: 'input + output, all roles',
      },
      {
        key: 'time',
        label: 'Time',
        unit: 's',
        format: 'seconds',
        align: 'right',
        help: 'critical path, without queues',
      },
      { key: 'calls', label: 'Calls', format: 'decimal', align: 'right' },
      { key: 'cost', label: 'Cost', unit: 'USD', format: 'usd', align: 'right' },
      { key: 'working', label: 'Working', unit: 's', format: 'seconds', align: 'right' },
      { key: 'waiting', label: 'Waiting', unit: 's', format: 'seconds', align: 'right' },
      {
        key: 'render',
        label: 'Render',
        unit: 's',
        format: 'seconds',
        align: 'right',
        help: 'wall time of renders',
      },
      { key: 'checks', label: 'Checks', format: 'decimal', align: 'right' },
      { key: 'renders', label: 'Renders', format: 'decimal', align: 'right' },
      { key: 'repairs', label: 'Repairs', format: 'decimal', align: 'right' },
      {
        key: 'tokensPerVideo',
        label: 'Tokens / video',
        format: 'integer',
        align: 'right',
        help: 'tokens of all finished cells divided by the videos they yielded',
      },
    ],
    rows: evidence.methods.map((method) => {
      const cells = cellsOf(evidence, method).filter(finished);
      /** Of our own ledger, or what their makers say; `null` where neither knows. */
      const figure = (
        measured: (cell: CellResult) => number | null,
        said: (reported: Reported) => number | null = () => null,
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

type Reported = NonNullable<CellResult['reported']>;

const tokensSaid = ({ inputTokens: input, outputTokens: output }: Reported) =>
  input === null || output === null ? null : input + output;

function tokensOf(cell: CellResult): number | null {
  const { input, output } = cell.ledger.tokens;
  return input === null || output === null ? null : input + output;
}

function tokensPerVideo(cells: readonly CellResult[], method: MethodResult): Figure {
  const tokens = cells.map((cell) => (cell.reported ? tokensSaid(cell.reported) : tokensOf(cell)));
  const videos = cells.filter(hasVideo).length;
  const known = tokens.filter((t) => t !== null);
  const value =
    videos === 0 || known.length < tokens.length ? null : known.reduce((a, b) => a + b, 0) / videos;
  return { value, n: videos, ...(method.scripted ? { scripted: true } : {}) };
}

/** Tries that were all made: how often one of them gives a video. Only for methods that make several. */
function passTable(evidence: Evidence): Table[] {
  const rows = evidence.methods.flatMap((method) => {
    const samples = cellsOf(evidence, method).flatMap((cell) => (finished(cell) ? (cell.samples ?? []) : []));
    if (samples.length === 0) return [];
    const k = Math.min(...samples.map(({ tried }) => tried));
    const at = (tries: number) =>
      meanFigure(
        samples.map(({ tried, passed }) => passAtK(tried, passed, tries)),
        method.scripted,
      );
    const figures = { k: { value: k, n: samples.length }, pass1: at(1), passK: at(k) };
    return [{ methodId: method.id, label: method.label, figures }];
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'pass',
      title: 'Tries that give a video',
      caption:
        'The chance that at least one of k tries gives a video, estimated without bias from all tries at each topic, averaged over topics.',
      columns: [
        { key: 'k', label: 'k', format: 'integer', align: 'right', help: 'tries at each topic' },
        { key: 'pass1', label: 'pass@1', format: 'percent', align: 'right' },
        { key: 'passK', label: 'pass@k', format: 'percent', align: 'right' },
      ],
      rows,
    },
  ];
}

function roleTable(evidence: Evidence): Table {
  return {
    id: 'spending',
    title: 'Spending by role and purpose',
    detail: true,
    caption: 'Sums over all cells of a method, failed calls included.',
    columns: [
      { key: 'role', label: 'Role', format: 'text', align: 'left' },
      { key: 'purpose', label: 'Purpose', format: 'text', align: 'left' },
      { key: 'calls', label: 'Calls', format: 'integer', align: 'right' },
      { key: 'failed', label: 'Failed', format: 'integer', align: 'right' },
      { key: 'input', label: 'Input', unit: 'tokens', format: 'integer', align: 'right' },
      { key: 'cached', label: 'Cached', unit: 'tokens', format: 'integer', align: 'right' },
      { key: 'output', label: 'Output', unit: 'tokens', format: 'integer', align: 'right' },
      { key: 'reasoning', label: 'Reasoning', unit: 'tokens', format: 'integer', align: 'right' },
      { key: 'cost', label: 'Cost', unit: 'USD', format: 'usd', align: 'right' },
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
    const text = (value: string): Figure => ({ value, n: null });
    return {
      methodId: method.id,
      label: method.label,
      figures: {
        role: text(group[0]?.role ?? ''),
        purpose: text(group[0]?.purpose ?? ''),
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

function funnelTable(evidence: Evidence): Table {
  const count = (label: string, key: string, help: string) =>
    ({ key, label, format: 'integer', align: 'right', help }) as const;
  return {
    id: 'funnel',
    title: 'Funnel',
    caption: 'From planned cells to videos, and within them from planned sections to rendered ones. Counts.',
    columns: [
      count('Cells', 'cells', 'planned cells'),
      count('Finished', 'finished', 'produced or failed by the method itself'),
      count('Videos', 'videos', 'cells with a video, partial ones included'),
      count('Partial', 'partial', 'videos with sections missing'),
      count('Failed', 'failed', 'the method’s own failures and refusals'),
      count(
        'Errors',
        'errors',
        'failures of the harness or of an endpoint: retried by the next run, in no mean',
      ),
      count('Sections', 'sections', 'scenes planned'),
      count('Code', 'code', 'scenes with code'),
      count('Checked', 'checked', 'scenes that passed the check (0 for methods that run none)'),
      count('Rendered', 'rendered', 'scenes that rendered'),
    ],
    rows: evidence.methods.map((method) => {
      const cells = cellsOf(evidence, method);
      const sections = cells.flatMap((cell) => cell.sections);
      const figure = (value: number): Figure => ({ value, n: cells.length });
      const having = (...states: CellResult['status'][]) =>
        cells.filter((c) => states.includes(c.status)).length;
      return {
        methodId: method.id,
        label: method.label,
        figures: {
          cells: figure(cells.length),
          finished: figure(cells.filter(finished).length),
          videos: figure(cells.filter(hasVideo).length),
          partial: figure(having('partial')),
          failed: figure(having('method_failed', 'refused')),
          errors: figure(having('infra_error', 'judge_error')),
          sections: figure(sections.length),
          code: figure(sections.filter((s) => s.codeProduced).length),
          checked: figure(sections.filter((s) => s.checked).length),
          rendered: figure(sections.filter((s) => s.rendered).length),
        },
      };
    }),
  };
}

function cellsOf(evidence: Evidence, method: MethodResult): CellResult[] {
  return evidence.cells.filter((cell) => cell.methodId === method.id);
}
