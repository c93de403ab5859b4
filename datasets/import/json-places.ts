import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problems } from '../problems.ts';
import { placeIn, type TextFile } from './text.ts';

export type JsonNode = Node;

/** A member of an object: its name, where that stands, and its value. */
export interface Member {
  name: string;
  nameNode: JsonNode;
  value: JsonNode;
}

const expectations: Readonly<Record<string, string>> = {
  InvalidSymbol:
    'a value in JSON: an object, an array, a string in double quotes, a number, true, false, null',
  InvalidNumberFormat: 'a number as JSON writes it',
  PropertyNameExpected: 'the name of a member in double quotes',
  ValueExpected: 'a value',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma',
  CloseBraceExpected: 'a closing brace }',
  CloseBracketExpected: 'a closing bracket ]',
  EndOfFileExpected: 'the end of the text: one value is complete',
  InvalidCommentToken: 'no comment: JSON has none',
  UnexpectedEndOfString: 'a closing double quote',
  UnexpectedEndOfNumber: 'a digit',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'one of " \\ / b f n r t u after a backslash',
  InvalidCharacter: 'no control character inside a string',
};

/**
 * Strict JSON (RFC 8259: no comments, no trailing commas, no repeated names) read in a way that every value knows its
 * place. What is wrong goes to `problems` with file, line and column; the rest can still be read from the tree.
 */
export class JsonPlaces {
  readonly file: TextFile;
  /** The value, or undefined when nothing of it could be read. */
  readonly root: JsonNode | undefined;
  /** Whether the text was JSON. */
  readonly whole: boolean;
  readonly #problems: Problems;
  readonly #base: number;

  /** Reads the whole file, or the part of it that begins at `start`, such as a line. */
  constructor(file: TextFile, problems: Problems, start = 0, end = file.text.length) {
    this.file = file;
    this.#problems = problems;
    this.#base = start;
    const before = problems.count;
    const errors: ParseError[] = [];
    this.root = this.#parse(file.text.slice(start, end), errors);
    this.#nameErrors(errors);
    this.whole = problems.count === before;
  }

  #parse(text: string, errors: ParseError[]): JsonNode | undefined {
    try {
      return parseTree(text, errors, { disallowComments: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#problems.add('bad_json', this.#place(0), 'nested too deeply to be read');
      return undefined;
    }
  }

  /** One fault makes the parser stumble several times: the first of a line is told. */
  #nameErrors(errors: readonly ParseError[]): void {
    const lines = new Set<string>();
    for (const { error, offset } of errors) {
      const where = this.#place(offset);
      const line = where.slice(0, where.lastIndexOf(':'));
      if (!lines.has(line)) this.#problems.add('bad_json', where, this.#expected(error, offset));
      lines.add(line);
    }
  }

  #expected(error: ParseError['error'], offset: number): string {
    const { text } = this.file;
    const at = this.#base + offset;
    if (text[at] === '\uFEFF') return 'expected JSON, found a byte order mark, which JSON does not have';
    const name = printParseErrorCode(error);
    const rest = text.slice(at, at + 20).split(/\r?\n/)[0] ?? '';
    const end = at < text.length ? 'the end of the line' : 'the end of the file';
    const found = rest === '' ? end : JSON.stringify(rest);
    return `expected ${expectations[name] ?? name}, found ${found}`;
  }

  #place(offset: number): string {
    return placeIn(this.file, this.#base + offset);
  }

  /** `file:line:column` of a value. */
  at(node: JsonNode): string {
    return this.#place(node.offset);
  }

  /** Tells what is wrong with a value. */
  wrong(kind: string, node: JsonNode, message: string): void {
    this.#problems.add(kind, this.at(node), message);
  }

  /** A string, or undefined and a problem. In a damaged file a string with U+FFFD is one. */
  string(node: JsonNode, what: string): string | undefined {
    const value: unknown = node.value;
    if (node.type !== 'string' || typeof value !== 'string') return this.#mismatch(node, what, 'a string');
    if (!this.file.damaged || !value.includes('\uFFFD')) return value;
    this.wrong('bad_utf8', node, `${what} holds bytes that are no UTF-8`);
    return undefined;
  }

  /** The items of an array, or undefined and a problem. */
  items(node: JsonNode, what: string): readonly JsonNode[] | undefined {
    return node.type === 'array' ? (node.children ?? []) : this.#mismatch(node, what, 'an array');
  }

  /** The members of an object, or undefined and a problem; a repeated name is a problem and left out. */
  members(node: JsonNode, what: string): readonly Member[] | undefined {
    if (node.type !== 'object') return this.#mismatch(node, what, 'an object');
    const members = new Map<string, Member>();
    for (const { children } of node.children ?? []) {
      const [nameNode, value] = children ?? [];
      if (nameNode === undefined || value === undefined) continue; // A fault of syntax, told already.
      const name = this.string(nameNode, 'a name');
      if (name === undefined) continue;
      if (members.has(name))
        this.wrong('duplicate_key', nameNode, `${JSON.stringify(name)} occurs twice here`);
      else members.set(name, { name, nameNode, value });
    }
    return [...members.values()];
  }

  #mismatch(node: JsonNode, what: string, wanted: string): undefined {
    this.wrong('wrong_type', node, `expected ${what} to be ${wanted}, found ${node.type}`);
  }

  /** The plain value of a node, as JSON.parse gives it; what is a problem, such as a member `__proto__`, is left out. */
  value(node: JsonNode): unknown {
    if (node.type === 'array') return (node.children ?? []).map((child) => this.value(child));
    if (node.type === 'string') return this.string(node, 'the text');
    if (node.type !== 'object') return node.value;
    const members = this.members(node, 'the value') ?? [];
    const kept = members.filter(({ name, nameNode }) => {
      if (name === '__proto__') this.wrong('bad_name', nameNode, 'the name __proto__ is not read');
      return name !== '__proto__';
    });
    return Object.fromEntries(kept.map(({ name, value }) => [name, this.value(value)]));
  }
}
