/** `results.csv`: one row per cell and student, raw counts only; scores with their rules are in the tables. */
import type { CellResult, MeasurementResult } from '../metrics/evidence.ts';
import { measuredColumns } from './csv-measured.ts';
import { oneLine } from './plain.ts';
import { asksQuiz, tally } from './questions.ts';
import type { Results } from './results.ts';
import { namesOf } from './view.ts';

type Value = string | number | null;

interface Row {
  results: Results;
  cell: CellResult;
  student: string | null;
  /** This student's measurements of the cell's topic: of the cell itself, and those shared by all methods. */
  measurements: readonly MeasurementResult[];
}

interface CsvColumn {
  name: string;
  /** What stands in it, for the documentation in report.md. */
  help: string;
  value: (row: Row) => Value;
}

const column = (name: string, help: string, value: (row: Row) => Value): CsvColumn => ({ name, help, value });
const topicOf = ({ results, cell }: Row) => results.topics.find((t) => t.id === cell.topicId);
const sections = (pick: (s: CellResult['sections'][number]) => boolean) => (row: Row) =>
  row.cell.sections.filter(pick).length;

const cellColumns: readonly CsvColumn[] = [
  column('run', 'name of the run', ({ results }) => results.run.name),
  column('dataset', 'data set', ({ results }) => results.run.dataset),
  column('view', 'reading of its quizzes', ({ results }) => results.run.view),
  column('protocol', 'paper, strict or both', ({ results }) => results.run.protocol),
  column('method_id', 'id of the method in the config', ({ cell }) => cell.methodId),
  column('method', 'its label', ({ results, cell }) => namesOf(results).method(cell.methodId)),
  column('topic_id', 'id of the topic; pair rows by it', ({ cell }) => cell.topicId),
  column('topic', 'its title', (row) => topicOf(row)?.title ?? null),
  column('category', 'its category', (row) => topicOf(row)?.category ?? null),
  column('repeat', 'number of the repeat, from 0', ({ cell }) => cell.repeat),
  column('cell_id', 'id of the cell', ({ cell }) => cell.id),
  column('status', 'what became of the production', ({ cell }) => cell.status),
  column('cause', 'short word for the cause when not ok', ({ cell }) => cell.reason?.code ?? null),
  column('cause_message', 'the cause in a sentence', ({ cell }) => cell.reason?.message ?? null),
  column('video', 'path of the video from the bundle’s folder', ({ cell }) => cell.video),
  column('duration_s', 'duration of the video, seconds', ({ cell }) => cell.videoFacts?.durationS ?? null),
  column('sandbox', 'bwrap, none (unsafe), or empty: no code was run', ({ cell }) => cell.sandbox),
  column(
    'sections',
    'sections planned',
    sections(() => true),
  ),
  column(
    'sections_code',
    'sections with code',
    sections((s) => s.codeProduced),
  ),
  column(
    'sections_checked',
    'sections that passed the check',
    sections((s) => s.checked),
  ),
  column(
    'sections_rendered',
    'sections rendered',
    sections((s) => s.rendered),
  ),
  column('calls', 'model calls for producing', ({ cell }) => cell.ledger.calls),
  column('tokens_input', 'tokens sent, all roles', ({ cell }) => cell.ledger.tokens.input),
  column('tokens_cached', 'of these, cached', ({ cell }) => cell.ledger.tokens.cached),
  column('tokens_output', 'tokens answered, all roles', ({ cell }) => cell.ledger.tokens.output),
  column('tokens_reasoning', 'of these, reasoning', ({ cell }) => cell.ledger.tokens.reasoning),
  column(
    'cost_usd',
    'cost of producing, US dollars; empty: not known in full',
    ({ cell }) => cell.ledger.costUsd,
  ),
  column(
    'cost_known_usd',
    'what is known of it: the cost is at least this',
    ({ cell }) => cell.ledger.costKnownUsd,
  ),
  column(
    'unbilled_attempts',
    'requests whose tokens and cost nobody knows: cut off or timed out',
    ({ cell }) => cell.ledger.unbilled,
  ),
  column('time_s', 'critical path of the cell in seconds, without queues', ({ cell }) => cell.timeS),
  column('working_s', 'seconds of calls and renders themselves', ({ cell }) => cell.ledger.workingS),
  column('waiting_s', 'seconds in queues and back-off', ({ cell }) => cell.ledger.waitingS),
  column('render_s', 'wall seconds of renders', ({ cell }) => cell.ledger.renderS),
  column('cpu_s', 'CPU seconds of checks and renders', ({ cell }) => cell.ledger.cpuS),
  column('checks', 'checks run', ({ cell }) => cell.ledger.checks),
  column('renders', 'renders run', ({ cell }) => cell.ledger.renders),
  column('repairs', 'repairs asked for', ({ cell }) => cell.ledger.repairs),
  column(
    'other_models',
    'models that answered in place of those asked for; empty: none',
    ({ cell, measurements }) =>
      [
        ...new Set([cell, ...measurements].flatMap((m) => m.otherModels?.map(({ served }) => served) ?? [])),
      ].join(' '),
  ),
  column('student', 'endpoint that answered the quiz; empty: none was asked', ({ student }) => student),
  column('scripted', 'true: an offline endpoint stands behind the row', (row) =>
    String(
      row.measurements.some((m) => m.scripted) ||
        row.results.methods.some((m) => m.id === row.cell.methodId && m.scripted),
    ),
  ),
];

function armColumns(arm: string): CsvColumn[] {
  const of = (row: Row) => row.measurements.filter((m) => armOf(m, row.results) === arm);
  const answers = (row: Row) => of(row).flatMap((m) => m.answers);
  const counted = (key: keyof ReturnType<typeof tally>) => (row: Row) =>
    answers(row).length === 0 ? null : tally(answers(row))[key];
  return [
    column(`${arm}_status`, 'status of the measurement', (row) =>
      [...new Set(of(row).map((m) => m.status))].join(' '),
    ),
    column(`${arm}_questions`, 'questions asked', (row) =>
      of(row).length === 0 ? null : answers(row).length,
    ),
    column(`${arm}_right`, 'right answers', counted('right')),
    column(`${arm}_wrong`, 'wrong letters', counted('wrong')),
    column(`${arm}_abstained`, 'abstentions', counted('abstained')),
    column(`${arm}_invalid`, 'replies that name no single option', counted('invalid')),
    column(`${arm}_no_reading`, 'questions without a reading: never wrong', counted('none')),
  ];
}

const armsIn = (results: Results) =>
  [...new Set(results.measurements.filter(asksQuiz).map((m) => armOf(m, results)))].sort();

/** Measured by both protocols, the paper's arms are told apart by their order. */
const armOf = ({ arm, order }: MeasurementResult, { run }: Results) =>
  `${arm}${run.protocol === 'both' && order === 'file' ? '_paper' : ''}`;

/** The columns of these results; each arm brings its own. */
export function csvColumns(results: Results): readonly CsvColumn[] {
  const measured = measuredColumns(results).map(({ name, help, value }) =>
    column(name, help, ({ cell }) => value(cell)),
  );
  return [...cellColumns, ...armsIn(results).flatMap(armColumns), ...measured];
}

/** Cells by students: a cell without measurements of its own keeps the arms shared by all methods. */
function rowsOf(results: Results): Row[] {
  const asked = results.measurements.filter(asksQuiz);
  const students = [...new Set(asked.map((m) => m.endpoint))];
  const cellOf = new Map(results.cells.map((cell) => [cell.id, cell]));
  return results.cells.flatMap((cell): Row[] => {
    const near = asked.filter((m) => {
      const shown = cellOf.get(m.cellId ?? '') ?? null;
      // Another topic's video stands for the cell of the same method and repeat.
      const own = shown === null || (shown.methodId === cell.methodId && shown.repeat === cell.repeat);
      return m.topicId === cell.topicId && own;
    });
    const row = (student: string | null) => ({
      results,
      cell,
      student,
      measurements: near.filter((m) => m.endpoint === student),
    });
    return students.length === 0 ? [row(null)] : students.map(row);
  });
}

// A spreadsheet runs a cell that begins with one of these as a formula, full-width forms included.
const formula = /^\s*[=+\-@＝＋－＠|%]/u;

/** A field: numbers as they are, unknown empty, text on one line, quoted, with an apostrophe before a formula. */
export function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const line = oneLine(value);
  const safe = formula.test(line) ? `'${line}` : line;
  return /[",;\n]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The whole file, RFC 4180 with a heading line. */
export function renderCsv(results: Results): string {
  const columns = csvColumns(results);
  const lines = rowsOf(results).map((row) => columns.map((c) => csvField(c.value(row))));
  return [columns.map((c) => csvField(c.name)), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}
