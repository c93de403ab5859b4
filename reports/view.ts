/** What every drawing of results needs to know beyond the results themselves: nothing here has a format. */
import type { CellResult, MeasurementResult, MethodResult } from '../metrics/evidence.ts';
import type { Figure, Table } from '../metrics/table.ts';
import { funnelTable } from './funnel.ts';
import type { Results } from './results.ts';

export const demonstration = {
  heading: 'Scripted demonstration',
  sentence:
    'Offline endpoints with prepared answers stand behind every figure. Raw values, counts and videos only: nothing here compares methods.',
};

export const scriptedNote =
  'scripted: an offline endpoint stands behind this figure; it takes part in no comparison';

/** The tables of the metrics, and the funnel of sections where no metric brought one. */
export function tablesOf(results: Results): readonly Table[] {
  if (results.tables.some((t) => t.id === 'funnel') || results.cells.length === 0) return results.tables;
  return [...results.tables, funnelTable(results)];
}

/** The number of cells behind most figures of a row; figures with another one print their own. */
export function cellsOf(row: Table['rows'][number]): number | null {
  const tally = new Map<number, number>();
  for (const { n } of Object.values(row.figures)) if (n !== null) tally.set(n, (tally.get(n) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? null;
}

export interface DrawnFigure extends Figure {
  /** Cells behind it, where that differs from its row's. */
  ownN: number | null;
  /** Number of the footnote that says why it is not known or what is special. */
  footnote: number | null;
  marked: boolean;
}

export interface DrawnTable {
  table: Table;
  hasCells: boolean;
  /** `null` where the row has no figure for the column. */
  rows: { methodId: string | null; label: string; n: number | null; figures: (DrawnFigure | null)[] }[];
  footnotes: readonly string[];
  /** Some figure carries the scripted mark. */
  marked: boolean;
}

/** A table with its footnotes numbered. Single figures are marked scripted only where not all of them are. */
export function drawnTable(table: Table, scripted: Results['run']['scripted']): DrawnTable {
  const footnotes: string[] = [];
  const numberOf = (note: string) => {
    if (!footnotes.includes(note)) footnotes.push(note);
    return footnotes.indexOf(note) + 1;
  };
  const rows = table.rows.map((row) => {
    const n = cellsOf(row);
    const figures = table.columns.map((column) => {
      const figure = row.figures[column.key];
      if (figure === undefined) return null;
      return {
        ...figure,
        ownN: figure.n === n ? null : figure.n,
        footnote: figure.note === undefined ? null : numberOf(figure.note),
        marked: scripted === 'some' && figure.scripted === true,
      };
    });
    return { methodId: row.methodId, label: row.label, n, figures };
  });
  const marked = rows.some((row) => row.figures.some((f) => f?.marked === true));
  return { table, rows, footnotes, marked, hasCells: rows.some((row) => row.n !== null) };
}

export type Counts = Partial<Record<CellResult['status'], number>>;

/** Cells by status. */
export function countsByStatus(cells: readonly CellResult[]): Counts {
  const counts: Counts = {};
  for (const { status } of cells) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Names by id, for headings; an id without an entry stands for itself. */
export interface Names {
  method(id: string): string;
  topic(id: string): string;
}

export function namesOf(results: Results): Names {
  const methods = new Map(results.methods.map((m) => [m.id, m.label]));
  const topics = new Map(results.topics.map((t) => [t.id, t.title]));
  return { method: (id) => methods.get(id) ?? id, topic: (id) => topics.get(id) ?? id };
}

/** A topic's cells of one method, by repeat. */
export function cellsFor(results: Results, topicId: string, method: MethodResult): CellResult[] {
  return results.cells
    .filter((c) => c.topicId === topicId && c.methodId === method.id)
    .sort((a, b) => a.repeat - b.repeat);
}

/** More than one repeat of some cell: then each is named by its number. */
export function hasRepeats(results: Results): boolean {
  return new Set(results.cells.map((c) => c.repeat)).size > 1;
}

/** A measurement's arm and method: `Baseline`, `Code2Video`, `Code2Video · repeat 2`. */
export function measuredMethod(results: Results, measurement: MeasurementResult): CellResult | undefined {
  return results.cells.find((c) => c.id === measurement.cellId);
}
