import type { CellResult } from '../metrics/evidence.ts';
import type { Table } from '../metrics/table.ts';
import { csvColumns } from './csv.ts';
import { columnLabel, formatFigure, formatInteger, formatTime } from './format.ts';
import { bundleHref } from './html/markup.ts';
import { otherModelWords } from './other-models.ts';
import { oneLine } from './plain.ts';
import { armsOf, tally } from './questions.ts';
import type { Results } from './results.ts';
import {
  cellsFor,
  type DrawnFigure,
  demonstration,
  drawnTable,
  hasRepeats,
  jobsInWords,
  otherModelNote,
  scriptedNote,
} from './view.ts';
import { causeWords, markWords, settingsInWords, statusWords, unsafeWords } from './words.ts';

/** A text as Markdown that means nothing but itself, on one line. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]!|~$]|^[#+=-]/g, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

const md = escapeMarkdown;

function grid(
  head: readonly string[],
  right: readonly boolean[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(right.map((r) => (r ? '---:' : ':---'))), ...rows.map(line)].join('\n');
}

function figure(f: DrawnFigure | null, column: Table['columns'][number]): string {
  if (f === null) return '';
  const notes = [f.marked ? 's' : null, f.ownN === null ? null : `n ${f.ownN}`, f.footnote].filter(
    (x) => x !== null,
  );
  return `${md(formatFigure(f, column.format))}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function table(source: Table, results: Results): string {
  const drawn = drawnTable(source, results);
  const head = ['', ...(drawn.hasCells ? ['Cells'] : []), ...source.columns.map((c) => md(columnLabel(c)))];
  const right = [false, ...(drawn.hasCells ? [true] : []), ...source.columns.map((c) => c.align === 'right')];
  const rows = drawn.rows.map((row) => [
    `${md(row.label)}${row.otherModel ? ' (m)' : ''}`,
    ...(drawn.hasCells ? [row.n === null ? '' : formatInteger(row.n)] : []),
    ...source.columns.map((c, i) => figure(row.figures[i] ?? null, c)),
  ]);
  const notes = [
    ...drawn.footnotes.map((note, i) => `(${i + 1}) ${md(note)}`),
    ...(drawn.marked ? [`(s) ${scriptedNote}`] : []),
    ...(drawn.otherModels ? [`(m) ${otherModelNote}`] : []),
    ...source.columns.flatMap((c) => (c.help === undefined ? [] : [`${md(c.label)}: ${md(c.help)}`])),
  ];
  const list = notes.map((note) => `- ${note}`).join('\n');
  return [
    `## ${md(source.title)}`,
    md(source.caption),
    grid(head, right, rows),
    ...(list ? [list] : []),
  ].join('\n\n');
}

function cellLines(cell: CellResult, label: string): string[] {
  const href = cell.video === null ? null : bundleHref(cell.video);
  const lines = [`- ${md(label)}: ${statusWords[cell.status]}${href === null ? '' : `, [video](${href})`}`];
  if (cell.reason) lines.push(`  - ${causeWords(cell.reason.code)}: ${md(cell.reason.message)}`);
  if (cell.sandbox === 'none') lines.push(`  - ${unsafeWords}`);
  const others = otherModelWords(cell);
  if (others !== null) lines.push(`  - ${md(others)}`);
  for (const { title, error } of cell.sections)
    if (error) lines.push(`  - ${md(title)}: ${causeWords(error.kind)}, ${md(error.message)}`);
  return lines;
}

function topic(results: Results, { id, title, category }: Results['topics'][number]): string {
  const cells = results.methods.flatMap((method) =>
    cellsFor(results, id, method).flatMap((cell) =>
      cellLines(cell, hasRepeats(results) ? `${method.label}, repeat ${cell.repeat + 1}` : method.label),
    ),
  );
  const marks = ['right', 'wrong', 'abstained', 'invalid', 'none'] as const;
  const arms = armsOf(results, id).map(({ label, measurement }) => {
    const counts = tally(measurement.answers);
    return [md(label), md(measurement.endpoint), ...marks.map((m) => formatInteger(counts[m]))];
  });
  const head = ['Arm', 'Student', ...marks.map((m) => markWords[m])];
  const quiz =
    arms.length === 0
      ? []
      : [
          grid(
            head,
            head.map((_, i) => i > 1),
            arms,
          ),
        ];
  return [`### ${md(title)}`, md(category), cells.join('\n'), ...quiz].join('\n\n');
}

function methods(results: Results): string {
  const rows = results.methods.map((m) => [
    md(m.label),
    md(`${m.method} ${m.version}`),
    md(settingsInWords(m.settings)),
    md(m.roles.map((r) => `${r.role}: ${r.model} (${r.endpoint})`).join('; ')),
  ]);
  return grid(['Method', 'Code', 'Settings', 'Roles'], [false, false, false, false], rows);
}

/** `report/report.md`: the same tables, causes and counts as the page, without the single answers. */
export function renderMarkdown(results: Results): string {
  const { run } = results;
  const facts = [
    `${run.dataset}, view ${run.view}`,
    `protocol ${run.protocol}`,
    `quality ${run.quality}`,
    jobsInWords(results),
  ];
  if (run.lastEvent !== null) facts.push(formatTime(run.lastEvent));
  const blocks = [
    ...(run.scripted === 'all' ? [`**${demonstration.heading}.** ${demonstration.sentence}`] : []),
    `# ${md(run.title)}`,
    md(run.description),
    md(facts.join(' · ')),
    results.remarks.map((remark) => `- ${md(remark)}`).join('\n'),
    ...results.tables.map((t) => table(t, results)),
    '## Topics',
    ...results.topics.map((t) => topic(results, t)),
    '## Methods and models',
    methods(results),
    '## Provenance',
    run.provenance.map(({ key, value }) => `- ${md(key)}: ${md(value)}`).join('\n'),
    '## Columns of results.csv',
    'One row per cell and student. Unknown is empty. A text that a spreadsheet would take for a formula has an apostrophe before it.',
    csvColumns(results)
      .map((c) => `- \`${c.name.replaceAll('`', '')}\`: ${c.help}`)
      .join('\n'),
  ];
  return `${blocks.filter((b) => b !== '').join('\n\n')}\n`;
}
