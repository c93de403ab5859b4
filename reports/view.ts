/** What every drawing of results needs to know beyond the results themselves: nothing here has a format. */
import type { CellResult, MeasurementResult, MethodResult } from '../metrics/evidence.ts';
import type { Figure, Table } from '../metrics/table.ts';
import { count, formatInteger } from './format.ts';
import { methodsOfOthers } from './other-models.ts';
import type { Results } from './results.ts';
import { statusWords } from './words.ts';

export const demonstration = {
  heading: 'Scripted demonstration',
  sentence:
    'Offline endpoints with prepared answers stand behind every figure. Raw values, counts and videos only: nothing here compares methods.',
};

export const scriptedNote =
  'scripted: an offline endpoint stands behind this figure; it takes part in no comparison';

export const otherModelNote =
  'another model than the one that was asked for answered some of its calls; see the remarks';

/** Tables of detail: a page folds them, a terminal leaves them out. */
export const isDetail = (table: Table) => table.detail === true;

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
  rows: {
    methodId: string | null;
    label: string;
    n: number | null;
    /** Another model than the one that was asked for had a part in it. */
    otherModel: boolean;
    figures: (DrawnFigure | null)[];
  }[];
  footnotes: readonly string[];
  /** Some figure carries the scripted mark. */
  marked: boolean;
  /** Some row carries the mark of another model. */
  otherModels: boolean;
}

/** A table with its footnotes numbered. Single figures are marked scripted only where not all of them are. */
export function drawnTable(table: Table, results: Results): DrawnTable {
  const { scripted } = results.run;
  const others = methodsOfOthers(results);
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
        ownN: figure.n === n || (figure.value === null && figure.n === 0) ? null : figure.n,
        footnote: figure.note === undefined ? null : numberOf(figure.note),
        marked: scripted === 'some' && figure.scripted === true && figure.value !== null,
      };
    });
    const otherModel = row.methodId !== null && others.has(row.methodId);
    return { methodId: row.methodId, label: row.label, n, otherModel, figures };
  });
  const marked = rows.some((row) => row.figures.some((f) => f?.marked === true));
  // A table that has such a column already needs no other one.
  const hasCells = rows.some((row) => row.n !== null) && !table.columns.some((c) => c.key === 'cells');
  const otherModels = rows.some((row) => row.otherModel);
  return { table, rows, footnotes, marked, otherModels, hasCells };
}

/** Cells by status in words, in the order of the statuses: `4 complete, 1 partial`. */
export function statusCounts(cells: readonly CellResult[]): string {
  const counts = Map.groupBy(cells, (cell) => statusWords[cell.status]);
  const parts = Object.values(statusWords).map((words) => [words, counts.get(words)?.length ?? 0] as const);
  return parts
    .filter(([, n]) => n > 0)
    .map(([words, n]) => `${formatInteger(n)} ${words}`)
    .join(', ');
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

/** `22 jobs done`, or what became of them. */
export function jobsInWords(results: Results): string {
  const { planned, done, failed, left } = results.run.jobs;
  if (done === planned) return `${count(planned, 'job')} done`;
  const parts = [`${formatInteger(done)} done`];
  if (failed > 0) parts.push(`${formatInteger(failed)} failed`);
  if (left > 0) parts.push(`${formatInteger(left)} left`);
  return `${count(planned, 'job')}: ${parts.join(', ')}`;
}
