import { extractCode } from '../../extract.ts';
import { cleanLines, imposeScene } from '../scene-code.ts';
import { indentOf, pythonLines } from './python-lines.ts';
import { linesOf } from './scopes.ts';
import type { Scope } from './types.ts';

/** A file after a patch, and the lines that the patch wrote. */
export interface Patched {
  code: string;
  start: number;
  end: number;
}

/**
 * Puts the code of a reply in the place of the scope's lines, with the indentation that they have; all other lines stay as
 * they are, but for imports and base class, which are imposed again. A reply that is the whole file counts for its part in
 * the scope if the rest is unchanged, and so does one that is the whole method. `null`: no code that could stand there.
 */
export function applyPatch(code: string, scope: Scope, reply: string, className: string): Patched | null {
  const given = patchLines(reply);
  if (given === null) return null;
  const lines = linesOf(code);
  const before = lines.slice(0, scope.start - 1);
  const old = lines.slice(scope.start - 1, scope.end);
  const after = lines.slice(scope.end);
  const part =
    partOf(withHead(given, before), before, after) ??
    (headsIn(given) > headsIn(old) ? null : indented(given, old));
  if (part === null) return null;
  const merged = `${[...before, ...part, ...after].join('\n')}\n`;
  const { code: whole, notes } = imposeScene(merged, { className });
  // Without a note nothing was missing: then not even a tab may change elsewhere.
  const imposed = notes.length === 0 ? merged : whole;
  const added = Math.max(0, linesOf(imposed).length - linesOf(merged).length);
  return { code: imposed, start: scope.start, end: scope.start + part.length - 1 + added };
}

const isConstruct = (line: string) => /^\s*def\s+construct\b/.test(line);
/** Lines that a whole file has, and few patches. */
const isWholeHead = (line: string) =>
  isConstruct(line) || /^\s*(?:class\s+\w+\s*\([^)]*Scene|from\s+manim\s+import\b)/.test(line);

const headsIn = (lines: readonly string[]) => lines.filter(isWholeHead).length;

/** A reply that begins with `def construct`, as a file: behind what the file has before its own, and as deep. */
function withHead(given: readonly string[], before: readonly string[]): string[] {
  const at = before.findLastIndex(isConstruct);
  if (at < 0 || !isConstruct(given[0] ?? '')) return [...given];
  return [...before.slice(0, at), ...indented(given, [before[at] ?? ''])];
}

/** What a whole file has in the place of the scope; `null` when it differs elsewhere. */
function partOf(
  given: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string[] | null {
  const end = given.length - after.length;
  const same =
    end > before.length &&
    before.every((line, i) => line.trimEnd() === given[i]?.trimEnd()) &&
    after.every((line, i) => line.trimEnd() === given[end + i]?.trimEnd());
  return same ? given.slice(before.length, end) : null;
}

/** The lines of code in a reply, without line numbers, tabs in indentations, and empty lines at both ends. */
function patchLines(reply: string): string[] | null {
  const found = extractCode(reply) ?? bareLines(reply);
  if (found === null) return null;
  const lines = cleanLines(found.replace(/\r\n?/g, '\n').split('\n'));
  const isFull = (line: string) => line.trim() !== '';
  const first = lines.findIndex(isFull);
  return first < 0 ? null : lines.slice(first, lines.findLastIndex(isFull) + 1);
}

/** A few lines that were sent without a fence: from the first to the last line that looks like code. */
function bareLines(reply: string): string | null {
  const looks =
    /^(?:\s*\d+[ \t]*[:|] |\s{4,}\S|\s*(?:self\.|\w+\(|(?:for|with|if|def|return|while)\b.*[:)]$|[\w.,[\] ]+ [-+*/]?= \S))/;
  const lines = reply.replace(/\r\n?/g, '\n').split('\n');
  const first = lines.findIndex((line) => looks.test(line));
  if (first < 0) return null;
  return lines
    .slice(first, lines.findLastIndex((line) => looks.test(line) || /^\s*[)\]}]/.test(line)) + 1)
    .join('\n');
}

/** The lines moved so that their outermost stands where the outermost of the old lines stood. */
function indented(given: readonly string[], old: readonly string[]): string[] {
  const target = outermost(old);
  const firstTarget = indentOf(old.find((line) => line.trim() !== '') ?? '');
  if (isFirstTrimmed(given, target, firstTarget)) {
    const [first = '', ...rest] = given;
    return [' '.repeat(firstTarget) + first.trimStart(), ...rest];
  }
  const shift = target - outermost(given);
  return pythonLines(given).map(({ text, inString }) => {
    if (inString || text.trim() === '') return text;
    return ' '.repeat(Math.max(0, indentOf(text) + shift)) + text.trimStart();
  });
}

/** Did the reply lose the spaces of its first line only, as trimming does? */
function isFirstTrimmed(given: readonly string[], target: number, firstTarget: number): boolean {
  const [first = '', ...rest] = given;
  const inner = pythonLines(given)[1]?.starts ?? false;
  const next = indentOf(rest.find((line) => line.trim() !== '') ?? '');
  const opens = inner && /:\s*(#.*)?$/.test(first);
  return (
    rest.length > 0 &&
    indentOf(first) < target &&
    outermost(rest) >= target &&
    (opens ? next > firstTarget : true)
  );
}

/** The smallest indentation of a statement; comments count only where there is nothing else. */
function outermost(lines: readonly string[]): number {
  const starts = pythonLines(lines).filter(({ text, starts }) => starts && text.trim() !== '');
  const code = starts.filter(({ text }) => !text.trimStart().startsWith('#'));
  return Math.min(...(code.length > 0 ? code : starts).map(({ text }) => indentOf(text)));
}
