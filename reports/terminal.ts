import pc from 'picocolors';
import type { Table } from '../metrics/table.ts';
import { columnLabel, formatFigure, formatInteger } from './format.ts';
import { displayWidth, oneLine } from './plain.ts';
import type { Results } from './results.ts';
import {
  type DrawnFigure,
  demonstration,
  drawnTable,
  isDetail,
  jobsInWords,
  namesOf,
  otherModelNote,
  scriptedNote,
  statusCounts,
} from './view.ts';
import { causeWords, statusWords } from './words.ts';

export interface TerminalStyle {
  colour: boolean;
  /** Columns of the terminal. */
  width: number;
}

type Colours = ReturnType<typeof pc.createColors>;

interface TextColumn {
  right: boolean;
  /** Heading first. */
  cells: string[];
}

function figureText(figure: DrawnFigure | null, column: Table['columns'][number]): string {
  if (figure === null) return '';
  const n = figure.ownN === null ? '' : ` n ${figure.ownN}`;
  return `${formatFigure(figure, column.format)}${figure.marked ? ' s' : ''}${n}`;
}

function columnsOf(table: Table, results: Results): { columns: TextColumn[]; notes: string[] } {
  const drawn = drawnTable(table, results);
  const columns: TextColumn[] = [
    {
      right: false,
      cells: ['', ...drawn.rows.map((r) => `${oneLine(r.label, 32)}${r.otherModel ? ' m' : ''}`)],
    },
  ];
  if (drawn.hasCells)
    columns.push({
      right: true,
      cells: ['Cells', ...drawn.rows.map((r) => (r.n === null ? '' : formatInteger(r.n)))],
    });
  for (const [i, column] of table.columns.entries())
    columns.push({
      right: column.align === 'right',
      cells: [
        oneLine(columnLabel(column)),
        ...drawn.rows.map((row) => figureText(row.figures[i] ?? null, column)),
      ],
    });
  const missing = drawn.rows.flatMap((row) =>
    row.figures.flatMap((f) => (f?.value === null ? (f.note ?? []) : [])),
  );
  const notes = [
    ...[...new Set(missing)].map((note) => `– ${note}`),
    ...(drawn.marked ? [`s ${scriptedNote}`] : []),
    ...(drawn.otherModels ? [`m ${otherModelNote}`] : []),
  ];
  return { columns, notes };
}

const widthOf = (column: TextColumn) => Math.max(...column.cells.map(displayWidth));

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? space + text : text + space;
}

/** As many columns as fit side by side, two spaces apart; the rest is named as left out. */
function layOut(columns: readonly TextColumn[], width: number): { lines: string[]; left: number } {
  let used = 2;
  const fitting = columns.filter((column, i) => {
    used += widthOf(column) + (i > 0 ? 2 : 0);
    return i === 0 || used <= width;
  });
  const lines = (columns[0]?.cells ?? []).map((_, row) =>
    fitting
      .map((column) => padded(column.cells[row] ?? '', widthOf(column), column.right))
      .join('  ')
      .trimEnd(),
  );
  return { lines, left: columns.length - fitting.length };
}

/** A sentence broken at spaces, set in by two. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of oneLine(text).split(' ')) {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && displayWidth(longer) + 2 <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

function tableText(results: Results, table: Table, style: TerminalStyle, c: Colours): string {
  const { columns, notes } = columnsOf(table, results);
  const { lines, left } = layOut(columns, style.width);
  const [head = '', ...body] = lines;
  if (left > 0) notes.push(`${left} more ${left === 1 ? 'column' : 'columns'} in the report`);
  return [
    c.cyan(oneLine(table.title)),
    c.dim(`  ${head}`),
    ...body.map((line) => `  ${line}`),
    ...notes.map((note) => c.dim(wrapped(note, style.width))),
  ].join('\n');
}

/** One line for each cell that is not whole: who, on what, why. */
function failureText(results: Results, style: TerminalStyle, c: Colours): string | null {
  const names = namesOf(results);
  const lines = results.cells.flatMap((cell) => {
    const error = cell.sections.find((s) => s.error !== null)?.error;
    const why = [
      cell.reason ? `${causeWords(cell.reason.code)}: ${cell.reason.message}` : null,
      cell.status === 'partial' && error ? `${causeWords(error.kind)}: ${error.message}` : null,
    ].filter((w) => w !== null);
    if (why.length === 0) return [];
    const who = `${names.method(cell.methodId)}, ${names.topic(cell.topicId)}`;
    return [
      `  ${oneLine(`${who}: ${statusWords[cell.status]}. ${why.join('; ')}`, Math.max(40, style.width - 2))}`,
    ];
  });
  return lines.length === 0 ? null : [c.cyan('Failures'), ...lines].join('\n');
}

/** What a run prints at its end: the main tables, cells by status, and the causes of failures. Ends with a line feed. */
export function renderTerminal(results: Results, style: TerminalStyle): string {
  const c = pc.createColors(style.colour);
  const { run } = results;
  const title = `${c.bold(oneLine(run.title))}  ${c.dim(oneLine(`${run.dataset}, protocol ${run.protocol}, ${jobsInWords(results)}`))}`;
  const blocks = [
    run.scripted === 'all'
      ? `${c.bold(demonstration.heading)}\n${wrapped(demonstration.sentence, style.width)}`
      : null,
    title,
    ...results.tables.filter((t) => !isDetail(t)).map((t) => tableText(results, t, style, c)),
    `${c.cyan('Cells')}\n${wrapped(statusCounts(results.cells), style.width)}`,
    failureText(results, style, c),
    results.remarks.length > 0
      ? [c.cyan('Remarks'), ...results.remarks.map((r) => wrapped(r, style.width))].join('\n')
      : null,
  ];
  return `${blocks.filter((b) => b !== null).join('\n\n')}\n`;
}
