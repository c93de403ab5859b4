/** One physical line of Python source. */
export interface PythonLine {
  text: string;
  /** Begins a logical line: not inside a bracket or a string, and not behind a backslash. */
  starts: boolean;
  /** Begins inside a string of several lines, whose spaces are part of it. */
  inString: boolean;
}

/** Strings of one line, triple quotes, comments, brackets, a backslash at the end: all that joins or hides lines. */
const tokens = /"""|'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#.*|[([{]|[)\]}]|\\$/g;

/** Tells which lines of a source begin a statement or a clause; a guess where the source does not parse. */
export function pythonLines(source: readonly string[]): PythonLine[] {
  const state: State = { depth: 0, quote: null, joined: false };
  return source.map((text) => {
    const inString = state.quote !== null;
    const starts = !inString && state.depth === 0 && !state.joined;
    state.joined = false;
    scan(text, state);
    return { text, starts, inString };
  });
}

interface State {
  depth: number;
  /** The triple quote that ends the open string. */
  quote: string | null;
  joined: boolean;
}

function scan(text: string, state: State): void {
  let at = 0;
  while (at < text.length) {
    if (state.quote !== null) {
      at = endOfString(text, at, state.quote);
      if (at > text.length) return;
      state.quote = null;
      continue;
    }
    tokens.lastIndex = at;
    const token = tokens.exec(text);
    if (token === null) return;
    at = tokens.lastIndex;
    if (token[0] === '"""' || token[0] === "'''") state.quote = token[0];
    else if (/^[([{]$/.test(token[0])) state.depth += 1;
    else if (/^[)\]}]$/.test(token[0])) state.depth = Math.max(0, state.depth - 1);
    else if (token[0] === '\\') state.joined = true;
  }
}

/** Index behind the closing triple quote; beyond the text where it does not close here. */
function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
  }
  return text.length + 1;
}

/** Spaces before the first character; tabs count as one. */
export function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
