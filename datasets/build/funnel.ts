/** What became of one thing at one stage; `open` waits for the next run. */
export type State = 'kept' | 'dropped' | 'open';

/** A stage, and what it counts. */
export const stages = [
  { name: 'catalogue', of: 'rows' },
  { name: 'filter', of: 'videos' },
  { name: 'segment', of: 'units' },
  { name: 'topic', of: 'units' },
  { name: 'category', of: 'topics' },
  { name: 'quiz', of: 'questions' },
] as const;
export type Stage = (typeof stages)[number]['name'];

/** One stage's count: everything that came in went out, was dropped for a cause, or is open. */
export interface StageCount {
  stage: Stage;
  /** What is counted: rows, videos, units, topics, questions. */
  of: string;
  in: number;
  out: number;
  open: number;
  dropped: Record<string, number>;
  /** Remarks on what went out, such as a cut that was encoded again. */
  notes: Record<string, number>;
}

/** Counts what the stages do. */
export class Funnel {
  readonly #counts = new Map<Stage, StageCount>(
    stages.map(({ name, of }) => [name, { stage: name, of, in: 0, out: 0, open: 0, dropped: {}, notes: {} }]),
  );

  /** Counts one thing; `cause` says why it was dropped. */
  note(stage: Stage, state: State, cause: string | null = null): void {
    const count = this.#of(stage);
    count.in++;
    if (state === 'kept') count.out++;
    else if (state === 'open') count.open++;
    else bump(count.dropped, cause ?? 'unknown');
  }

  /** Counts a remark on something that was kept. */
  remark(stage: Stage, note: string): void {
    bump(this.#of(stage).notes, note);
  }

  get counts(): readonly StageCount[] {
    return [...this.#counts.values()];
  }

  #of(stage: Stage): StageCount {
    const count = this.#counts.get(stage);
    if (count === undefined) throw new RangeError(`no stage ${stage}`);
    return count;
  }
}

function bump(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The funnel as an aligned table: a line for each stage, and below it one for each cause. */
export function describeFunnel(counts: readonly StageCount[]): string {
  const head = ['stage', 'counts', 'in', 'out', 'dropped', 'open'];
  const rows = counts
    .filter((count) => count.in > 0)
    .flatMap((count) => [lineOf(count), ...causesOf(count.dropped), ...notesOf(count.notes)]);
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const show = (row: readonly string[]) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((row) => `${show(row)}\n`).join('');
}

function lineOf({ stage, of, in: came, out, open, dropped }: StageCount): string[] {
  const lost = Object.values(dropped).reduce((a, b) => a + b, 0);
  return [stage, of, String(came), String(out), String(lost), String(open)];
}

const largestFirst = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

function causesOf(dropped: StageCount['dropped']): string[][] {
  return largestFirst(dropped).map(([cause, n]) => [`  ${cause}`, '', '', '', String(n), '']);
}

function notesOf(notes: StageCount['notes']): string[][] {
  return largestFirst(notes).map(([note, n]) => [`  (${note})`, '', '', String(n), '', '']);
}
