import type { Table } from '../../metrics/table.ts';
import { columnLabel, formatInteger, formatValue } from '../format.ts';
import type { Results } from '../results.ts';
import { type DrawnFigure, type DrawnTable, drawnTable, scriptedNote, tablesOf } from '../view.ts';
import { colourClass, swatch } from './colours.ts';
import { html, type Markup } from './markup.ts';

type Column = Table['columns'][number];

const side = (column: Column) => (column.align === 'right' ? 'right' : 'left');

/** A table that scrolls sideways by itself where the screen is narrow. */
export function scroll(label: string, table: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}

function bar(share: number, colour: string): Markup {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return html`<svg class="bar ${colour}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="4"/><rect class="part" width="${width}" height="4"/></svg>`;
}

/** Lengths of a funnel's bars: shares of the first stage, for the videos shares of the cells. */
function funnelShare(row: DrawnTable['rows'][number], column: Column, figure: DrawnFigure): number | null {
  const first = row.figures.find((f) => typeof f?.value === 'number')?.value;
  const whole = column.key === 'videos' ? row.n : first;
  return typeof figure.value === 'number' && typeof whole === 'number' && whole > 0
    ? figure.value / whole
    : null;
}

function figureCell(
  results: Results,
  drawn: DrawnTable,
  row: DrawnTable['rows'][number],
  column: Column,
  figure: DrawnFigure | null,
): Markup {
  if (figure === null) return html`<td></td>`;
  const share = drawn.table.id === 'funnel' ? funnelShare(row, column, figure) : null;
  return html`<td class="${side(column)}">${formatValue(figure.value, column.format)}${
    figure.marked && html`<sup title="${scriptedNote}">s</sup>`
  }${figure.footnote !== null && html`<sup title="${figure.note}">${figure.footnote}</sup>`}${
    figure.ownN !== null && html`<span class="n">n ${formatInteger(figure.ownN)}</span>`
  }${share !== null && bar(share, colourClass(results, row.methodId))}</td>`;
}

function notes(drawn: DrawnTable): Markup | null {
  if (drawn.footnotes.length === 0 && !drawn.marked) return null;
  return html`<div class="notes">${drawn.footnotes.map((note, i) => html`<p><sup>${i + 1}</sup> ${note}</p>`)}${
    drawn.marked && html`<p><sup>s</sup> ${scriptedNote}</p>`
  }</div>`;
}

function columnNotes(table: Table): Markup | null {
  const explained = table.columns.filter((c) => c.help !== undefined);
  if (explained.length === 0) return null;
  return html`<details class="more"><summary>What the columns mean</summary><dl class="columns small">${explained.map(
    (c) => html`<dt>${c.label}</dt><dd class="muted">${c.help}</dd>`,
  )}</dl></details>`;
}

function tableSection(results: Results, table: Table, index: number): Markup {
  const drawn = drawnTable(table, results.run.scripted);
  const head = html`<tr><th scope="col"><span class="hidden">Method</span></th>${
    drawn.hasCells &&
    html`<th scope="col" class="right" title="How many cells stand behind the figures of the row">Cells</th>`
  }${table.columns.map(
    (c) =>
      html`<th scope="col" class="${side(c)}"${c.help !== undefined && html` title="${c.help}"`}>${columnLabel(c)}</th>`,
  )}</tr>`;
  const body = drawn.rows.map(
    (row) =>
      html`<tr><th scope="row">${swatch(results, row.methodId)}${row.label}</th>${
        drawn.hasCells && html`<td class="right">${row.n !== null && formatInteger(row.n)}</td>`
      }${table.columns.map((c, i) => figureCell(results, drawn, row, c, row.figures[i] ?? null))}</tr>`,
  );
  return html`<section aria-labelledby="table-${index}">
<h2 id="table-${index}">${table.title}</h2>
<p class="caption">${table.caption}</p>
${scroll(table.title, html`<table><thead>${head}</thead><tbody>${body}</tbody></table>`)}
${notes(drawn)}${columnNotes(table)}
</section>
`;
}

/** Every table of figures, in the order of the results. */
export function tableSections(results: Results): Markup[] {
  return tablesOf(results).map((table, i) => tableSection(results, table, i + 1));
}
