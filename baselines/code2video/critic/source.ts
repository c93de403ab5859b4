import type { SceneFacts } from '../../../harness/render/inspection.ts';
import { indentOf, pythonLines } from '../scope-refine/python-lines.ts';

/** Text to put in the place of a range; where both offsets are one, it is inserted. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** A logical line of the file: lines from 1, both ends included. */
export interface Statement {
  start: number;
  end: number;
  text: string;
}

/** The text of a scene with what edits ask of it. Ranges are those of `SceneFacts`: lines from 1, columns in UTF-16 units. */
export class Source {
  readonly code: string;
  readonly facts: SceneFacts;
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];
  readonly #logical: readonly number[];

  constructor(code: string, facts: SceneFacts) {
    this.code = code;
    this.facts = facts;
    this.#lines = code.split('\n');
    let at = 0;
    this.#starts = this.#lines.map((line) => {
      at += line.length + 1;
      return at - line.length - 1;
    });
    this.#logical = pythonLines(this.#lines).flatMap(({ starts }, i) => (starts ? [i + 1] : []));
  }

  offset(line: number, column: number): number {
    return (this.#starts[line - 1] ?? this.code.length) + column;
  }

  /** The source of a call or argument, whole where the facts cut it. */
  range(part: { line: number; column: number; endLine: number; endColumn: number }) {
    const [start, end] = [
      this.offset(part.line, part.column),
      this.offset(part.endLine, part.endColumn),
    ] as const;
    return { start, end, text: this.code.slice(start, end) };
  }

  /** The innermost statement, or head of one, in which a line lies. */
  statementAt(line: number): Statement {
    const start = this.#logical.findLast((first) => first <= line) ?? line;
    const next = this.#logical.find((first) => first > line) ?? this.#lines.length + 1;
    return {
      start,
      end: next - 1,
      text: this.#lines
        .slice(start - 1, next - 1)
        .join('\n')
        .trim(),
    };
  }

  /** Statements of `construct` itself from a line on, loops with all they hold. */
  outermostFrom(line: number): Statement[] {
    return this.facts.statements
      .filter(({ end }) => end >= line)
      .map((s) => ({
        ...s,
        text: this.#lines
          .slice(s.start - 1, s.end)
          .join('\n')
          .trim(),
      }));
  }

  /** A new statement behind this one, or before it, with its indentation. */
  insert(statement: string, where: 'before' | 'after', of: { start: number; end: number }): Splice {
    const indent = ' '.repeat(indentOf(this.#lines[of.start - 1] ?? ''));
    const at = this.offset(where === 'before' ? of.start : of.end + 1, 0);
    // The last line of a file may lack its end.
    const lead = at === this.code.length && !this.code.endsWith('\n') ? '\n' : '';
    return { start: at, end: at, text: `${lead}${indent}${statement}\n` };
  }
}

/** Do two splices want the same text, other than both adding to it? */
export function conflict(a: Splice, b: Splice): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The code with all splices made; they must not conflict. Those that insert at one place keep their order. */
export function spliced(code: string, splices: readonly Splice[]): string {
  return splices
    .map((splice, i) => ({ ...splice, i }))
    .sort((a, b) => b.start - a.start || b.i - a.i)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), code);
}
