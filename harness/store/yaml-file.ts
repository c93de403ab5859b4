import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { exitCodes, MmmcError, messageOf } from './errors.ts';
import { fromDisk } from './keys.ts';

/** A YAML file that remembers where its keys stand, so that an error can name file and line. */
export class YamlFile {
  readonly path: string;
  readonly document: Document;
  readonly #lines = new LineCounter();

  /** Parses `text`, or the file itself. Throws `no_file` or `bad_yaml` (exit 2) with the line. */
  constructor(path: string, text: string = readText(path)) {
    this.path = path;
    this.document = parseDocument(text, { lineCounter: this.#lines, merge: true });
    const first = this.document.errors[0];
    if (first) {
      const line = first.linePos?.[0].line ?? 1;
      throw usageError(
        'bad_yaml',
        `${path}:${line}: ${first.message.split('\n')[0]}`,
        'Mend the YAML.',
        first,
      );
    }
  }

  /** Sets `a.b.0.c` to a YAML value, as `--set a.b.0.c=value` asks. */
  set(assignment: string): void {
    const at = assignment.indexOf('=');
    if (at < 1) throw usageError('bad_set', `--set ${assignment}: write it as a.b=value`, '', undefined);
    const path = assignment
      .slice(0, at)
      .split('.')
      .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const value = parseDocument(assignment.slice(at + 1)).toJS();
    try {
      this.document.setIn(path, value);
    } catch (cause) {
      throw usageError('bad_set', `--set ${assignment}: ${messageOf(cause)}`, 'Check the path.', cause);
    }
  }

  /** Checks the content against a schema; keys are camelCase from here on. Throws `bad_config` (exit 2). */
  parse<T>(schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(fromDisk(this.document.toJS()));
    if (parsed.success) return parsed.data;
    throw this.problem(parsed.error, schema);
  }

  /** One readable error for all that a schema found; `prefix` is where in the file its value stands. */
  problem(error: z.ZodError, schema: z.ZodType, prefix: readonly PropertyKey[] = []): MmmcError {
    const lines = error.issues.flatMap((issue) => {
      const path = [...prefix, ...issue.path];
      if (issue.code !== 'unrecognized_keys') return [`${this.where(path)}: ${name(path)}: ${issue.message}`];
      const known = knownKeys(schema, issue.path).map(snake);
      return issue.keys.map((key) => {
        const nearest = nearestWord(snake(key), known);
        return `${this.where([...path, key])}: unknown key ${name([...path, key])}${
          nearest ? `, did you mean ${nearest}?` : `; known here: ${known.join(', ')}`
        }`;
      });
    });
    return usageError('bad_config', lines.join('\n'), 'Nothing was run.', error);
  }

  /** `file:line` of a path; the nearest thing above it when it is absent. */
  where(path: readonly PropertyKey[]): string {
    for (let length = path.length; length > 0; length--) {
      const offset = this.#offsetOf(path.slice(0, length));
      if (offset !== undefined) return `${this.path}:${this.#lines.linePos(offset).line}`;
    }
    return `${this.path}:1`;
  }

  #offsetOf(path: readonly PropertyKey[]): number | undefined {
    const last = path.at(-1);
    const parent = this.document.getIn(path.slice(0, -1).map(diskKey), true);
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isScalar(item.key) && (item.key.value === diskKey(last) || item.key.value === last),
      );
      if (pair && isScalar(pair.key)) return pair.key.range?.[0];
    }
    const node = this.document.getIn(path.map(diskKey), true);
    return isNode(node) ? node.range?.[0] : undefined;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw usageError('no_file', `cannot read ${path}: ${messageOf(cause)}`, 'Check the path.', cause);
  }
}

function usageError(code: string, message: string, hint: string, cause: unknown): MmmcError {
  return new MmmcError(code, message, { hint, exitCode: exitCodes.usage, cause });
}

const snake = (key: string) => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const diskKey = (key: PropertyKey | undefined) => (typeof key === 'string' ? snake(key) : key);
const name = (path: readonly PropertyKey[]) => path.map((key) => snake(String(key))).join('.') || 'the file';

/** The keys that a schema knows at a path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = unwrap(schema);
  for (const key of path) {
    if (at instanceof z.ZodObject) at = unwrap(at.shape[String(key)]);
    else if (at instanceof z.ZodArray) at = unwrap(at.element);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let at = schema;
  while (
    at instanceof z.ZodDefault ||
    at instanceof z.ZodPrefault ||
    at instanceof z.ZodOptional ||
    at instanceof z.ZodNullable
  )
    at = at.unwrap();
  return at;
}

/** The nearest of some words within two edits (or a third of its length), or undefined. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const scored = words.map((candidate) => ({ candidate, distance: editDistance(word, candidate) }));
  scored.sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
