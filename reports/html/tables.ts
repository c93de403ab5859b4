import type { Table } from '../../metrics/table.ts';
import { columnLabel, formatFigure, formatInteger } from '../format.ts';
import type { Results } from '../results.ts';
import {
  type DrawnFigure,
  type DrawnTable,
  drawnTable,
  isDetail,
  otherModelNote,
  scriptedNote,
} from '../view.ts';
import { colourClass, named } from './colours.ts';
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

// What the bars of a funnel are shares of.
const wholes: Readonly<Record<string, string>> = {
  finished: 'cells',
  videos: 'cells',
  code: 'sections',
  checked: 'sections',
  rendered: 'sections',
};

function funnelShare(drawn: DrawnTable, row: DrawnTable['rows'][number], key: string): number | null {
  const figureOf = (k: string | undefined) =>
    row.figures[drawn.table.columns.findIndex((c) => c.key === k)]?.value;
  const [part, whole] = [figureOf(key), figureOf(wholes[key])];
  return typeof part === 'number' && typeof whole === 'number' && whole > 0 ? part / whole : null;
}

/** The raised signs of a figure: `s` for scripted, the number of its footnote. */
function signs(figure: DrawnFigure): Markup | null {
  const texts = [figure.marked ? 's' : null, figure.footnote].filter((t) => t !== null);
  const title = [figure.marked ? scriptedNote : null, figure.note].filter(
    (t) => t !== null && t !== undefined,
  );
  return texts.length === 0 ? null : html`<sup title="${title.join('; ')}">${texts.join(' ')}</sup>`;
}

function figureCell(
  results: Results,
  drawn: DrawnTable,
  row: DrawnTable['rows'][number],
  column: Column,
  figure: DrawnFigure | null,
): Markup {
  if (figure === null) return html`<td></td>`;
  const share = drawn.table.id === 'funnel' ? funnelShare(drawn, row, column.key) : null;
  return html`<td class="${side(column)}">${formatFigure(figure, column.format)}${signs(figure)}${
    figure.ownN !== null && html`<span class="n">n ${formatInteger(figure.ownN)}</span>`
  }${share !== null && bar(share, colourClass(results, row.methodId))}</td>`;
}

function notes(drawn: DrawnTable): Markup | null {
  if (drawn.footnotes.length === 0 && !drawn.marked && !drawn.otherModels) return null;
  return html`<div class="notes">${drawn.footnotes.map((note, i) => html`<p><sup>${i + 1}</sup> ${note}</p>`)}${
    drawn.marked && html`<p><sup>s</sup> ${scriptedNote}</p>`
  }${drawn.otherModels && html`<p><sup>m</sup> ${otherModelNote}</p>`}</div>`;
}

function columnNotes(table: Table): Markup | null {
  const explained = table.columns.filter((c) => c.help !== undefined);
  if (explained.length === 0) return null;
  return html`<details class="more"><summary>What the columns mean</summary><dl class="columns small">${explained.map(
    (c) => html`<dt>${c.label}</dt><dd class="muted">${c.help}</dd>`,
  )}</dl></details>`;
}

function tableMarkup(results: Results, drawn: DrawnTable): Markup {
  const { columns, title } = drawn.table;
  const help = 'How many cells stand behind the figures of the row';
  const head = html`<tr><th scope="col"><span class="hidden">Method</span></th>${
    drawn.hasCells && html`<th scope="col" class="right" title="${help}">Cells</th>`
  }${columns.map(
    (c) =>
      html`<th scope="col" class="${side(c)}"${c.help !== undefined && html` title="${c.help}"`}>${columnLabel(c)}</th>`,
  )}</tr>`;
  const body = drawn.rows.map(
    (row) =>
      html`<tr><th scope="row">${named(results, row.methodId, row.label)}${
        row.otherModel && html`<sup title="${otherModelNote}">m</sup>`
      }</th>${
        drawn.hasCells && html`<td class="right">${row.n !== null && formatInteger(row.n)}</td>`
      }${columns.map((c, i) => figureCell(results, drawn, row, c, row.figures[i] ?? null))}</tr>`,
  );
  return scroll(title, html`<table><thead>${head}</thead><tbody>${body}</tbody></table>`);
}

function tableSection(results: Results, table: Table, index: number): Markup {
  const drawn = drawnTable(table, results);
  const inside = html`${tableMarkup(results, drawn)}
${notes(drawn)}${columnNotes(table)}`;
  if (isDetail(table))
    return html`<details class="more" id="table-${index}"><summary>${table.title}</summary>
<p class="caption">${table.caption}</p>
${inside}</details>
`;
  return html`<section aria-labelledby="table-${index}">
<h2 id="table-${index}">${table.title}</h2>
<p class="caption">${table.caption}</p>
${inside}</section>
`;
}

/** Every table of figures; tables of detail come last, folded. */
export function tableSections(results: Results): Markup[] {
  return [...results.tables]
    .sort((a, b) => Number(isDetail(a)) - Number(isDetail(b)))
    .map((table, i) => tableSection(results, table, i + 1));
}
