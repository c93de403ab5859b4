import type { SceneFacts } from '../../../harness/render/inspection.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import { pythonLines } from './python-lines.ts';
import type { Scope } from './types.ts';

/** Errors of the file as a whole: a line that they name is only where the class begins. */
const ofTheWhole: readonly string[] = ['no_scene_class', 'no_animation'];

interface Span {
  start: number;
  end: number;
}

/** A line scope holds at most so many lines, unless the failing statement alone has more. */
const widest = 7;

/** The line to repair: that of the innermost frame; `null` where there is none, or the file has no such line. */
export function failingLine(code: string, error: SceneError): number | null {
  const line = error.frames.at(-1)?.line;
  return line === undefined || line < 1 || line > linesOf(code).length ? null : line;
}

/** The lines of a file, without the empty one behind its last line end. */
export function linesOf(code: string): string[] {
  const lines = code.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Do two codes light the same lecture lines, in the same order? */
export function hasSameBlocks(a: Pick<SceneFacts, 'blocks'>, b: Pick<SceneFacts, 'blocks'>): boolean {
  const [one, other] = [a, b].map(({ blocks }) => blocks.flatMap(({ line }) => (line > 0 ? [line] : [])));
  return one?.join() === other?.join();
}

/**
 * The scopes of an error, narrowest first: the failing statement with its neighbours, the block of its lecture line (or the
 * function around it), the whole section. They come from the structured error and the syntax tree alone; an error that
 * names no line, or is of the whole file, has the section only. A scope that is no wider than the one before is left out.
 */
export function scopesOf(code: string, error: SceneError, facts: SceneFacts): Scope[] {
  const lines = linesOf(code);
  const section: Scope = { kind: 'section', start: 1, end: lines.length };
  const line = failingLine(code, error);
  if (line === null || ofTheWhole.includes(error.type)) return [section];
  const block = blockAround(line, lines, facts);
  const near = linesAround(line, lines, block ?? section, error.kind === 'syntax');
  const scopes: Scope[] = [{ kind: 'line', ...near }];
  if (block !== null && (block.start < near.start || block.end > near.end))
    scopes.push({ kind: 'block', ...block });
  return [...scopes, section];
}

/** The lecture line's block, else the innermost function that is not `construct`. */
function blockAround(line: number, lines: readonly string[], facts: SceneFacts): Span | null {
  const holds = ({ start, end }: Span) => start <= line && line <= end;
  const helpers = facts.functions.filter(
    (f) => !facts.blocks.some((b) => f.start <= b.start && b.end <= f.end),
  );
  const found = facts.blocks.find(holds) ?? helpers.filter(holds).at(-1);
  if (found === undefined) return null;
  // Empty lines behind a block are not its own: replies leave them out, and the file would shrink with each of them.
  const last = lines.slice(0, found.end).findLastIndex((text) => text.trim() !== '') + 1;
  return { start: found.start, end: Math.max(line, last) };
}

/** The statement with one neighbour on either side, as in the paper, inside the block. In a file that does not parse a statement is taken for one line. */
function linesAround(line: number, lines: readonly string[], within: Span, broken: boolean): Span {
  const statements = broken ? lines.map((_, i) => ({ start: i + 1, end: i + 1 })) : statementsOf(lines);
  const full = statements.filter(({ start }) => lines[start - 1]?.trim() !== '');
  const at = full.findIndex(({ start, end }) => start <= line && line <= end);
  const span = { ...(full[at] ?? { start: line, end: line }) };
  for (const near of at < 0 ? [] : [full[at - 1], full[at + 1]]) {
    if (near === undefined || near.start < within.start || near.end > within.end) continue;
    const wider = { start: Math.min(span.start, near.start), end: Math.max(span.end, near.end) };
    if (wider.end - wider.start < widest) Object.assign(span, wider);
  }
  return span;
}

/** First and last lines of each statement or clause head. */
function statementsOf(lines: readonly string[]): Span[] {
  const spans: Span[] = [];
  pythonLines(lines).forEach(({ starts }, i) => {
    const last = spans.at(-1);
    if (starts || last === undefined) spans.push({ start: i + 1, end: i + 1 });
    else last.end = i + 1;
  });
  return spans;
}
