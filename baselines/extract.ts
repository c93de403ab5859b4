/** Takes the useful part out of a model's reply. */

interface Fence {
  tag: string;
  body: string;
}

/** The line that opens or closes a fence: its back-ticks or tildes, and what stands behind them. */
const fenceLine = /^[ \t]*(`{3,}|~{3,})(.*)$/;

/**
 * Fences, each closed by at least as many back-ticks or tildes as opened it, and the lines outside them. Line by line: one
 * pattern over a whole reply takes minutes where a model repeats itself.
 */
function splitFences(text: string): { fences: Fence[]; rest: string } {
  const lines = text.split('\n');
  const fences: Fence[] = [];
  const rest: string[] = [];
  let open: { mark: string; head: string; at: number } | null = null;
  for (const [at, line] of lines.entries()) {
    const [, mark = '', head = ''] = fenceLine.exec(line) ?? [];
    if (open === null) {
      if (mark !== '' && !(mark[0] === '`' && head.includes('`'))) open = { mark, head, at };
      else rest.push(line);
    } else if (head.trim() === '' && mark.startsWith(open.mark)) {
      const body = lines.slice(open.at + 1, at).map((inside) => `${inside}\n`);
      fences.push({ tag: tagOf(open.head), body: body.join('') });
      open = null;
    }
  }
  if (open !== null) rest.push(...lines.slice(open.at));
  return { fences, rest: rest.join('\n') };
}

/** A reply without the thoughts that some models write before their answer, with plain line ends. */
function said(reply: string): string {
  const text = reply.replace(/\r\n?/g, '\n');
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = indexOf(/<think(?:ing)?>/g, text, from);
    const end = start === null ? null : indexOf(/<\/think(?:ing)?>/g, text, start.to);
    kept.push(text.slice(from, end === null ? undefined : start?.from));
    if (end === null) return kept.join('');
    from = end.to;
  }
}

function indexOf(pattern: RegExp, text: string, from: number): { from: number; to: number } | null {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found === null ? null : { from: found.index, to: pattern.lastIndex };
}

/** `python` of `Python`, `{.python}` or `python title="scene.py"`. */
function tagOf(head: string): string {
  return /[a-z][\w+-]*/.exec(head.toLowerCase())?.[0] ?? '';
}

const pythonTags = ['python', 'py', 'python3', 'manim', 'python-repl', 'ipython'];

/** A whole scene, tagged as Python or not at all, before other Python, Python before the rest, the longer before the shorter. */
function rank({ tag, body }: Fence): readonly number[] {
  const isPython = pythonTags.includes(tag);
  const whole = /^[ \t]*class\s+\w+/m.test(body) && /^[ \t]*def\s+construct\b/m.test(body);
  return [whole && (isPython || tag === '') ? 1 : 0, isPython ? 1 : 0, body.length];
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i >= 0 && (a[i] ?? 0) > (b[i] ?? 0);
}

/**
 * The Python code of a reply: of its fences the best (a whole scene, tagged as Python, the longest), else a fence that was
 * never closed, else the reply from its first line of code on; `null` when there is none.
 */
export function extractCode(reply: string): string | null {
  const text = said(reply);
  const { fences, rest } = splitFences(text);
  const unclosed = unclosedFence(rest);
  if (unclosed !== undefined) fences.push(unclosed);
  const best = fences.reduce<Fence | null>(
    (found, fence) => (found === null || isBefore(rank(fence), rank(found)) ? fence : found),
    null,
  );
  if (best !== null) return best.body.trim() === '' ? null : best.body;
  return bareCode(text);
}

/** Outside the closed fences: what follows one that was never closed, if its head or first lines say that it is Python. */
function unclosedFence(rest: string): Fence | undefined {
  const [, head = '', body = ''] = /(?:^|[^`])`{3,}[ \t]*([^\n`]*)\n([\s\S]+)$/.exec(rest) ?? [];
  const tag = tagOf(head);
  return pythonTags.includes(tag) || codeStart.test(body) ? { tag, body: withoutFence(body) } : undefined;
}

function withoutFence(body: string): string {
  return body.replace(/^[ \t]*`{3,}[ \t]*\n?$/gm, '').replace(/(?<!`)`{3,}[ \t]*$/, '');
}

const codeStart = /^(?:from[ \t]+[\w.]+[ \t]+import\b|import[ \t]+[\w.]+|class[ \t]+\w[^\n]*:)/m;

/** A reply without fences, from its first line of code on, without a last paragraph of prose. */
function bareCode(text: string): string | null {
  const start = codeStart.exec(text)?.index;
  if (start === undefined) return null;
  return text.slice(start).replace(/(?<!\n)\n\n+[A-Z][\w']*,?(?: [\w'`,;()-]+)+[.!:]\s*$/, '\n');
}

/**
 * The JSON object or array of a reply: a fence that holds nothing else, else the longest one in the text around which prose
 * may stand. `undefined` when there is none, or when the reply ends inside one: parts of a cut answer are no answer.
 */
export function extractJson(reply: string): unknown {
  const text = said(reply);
  for (const { body } of splitFences(text).fences) {
    const inside = body.trim();
    const value = endOf(inside, 0) === inside.length ? tryParse(inside) : undefined;
    if (value !== undefined) return value;
  }
  return longestValue(text);
}

function longestValue(text: string): unknown {
  let best: { length: number; value: unknown } | undefined;
  for (let at = nextBracket(text, 0); at >= 0; ) {
    const end = endOf(text, at);
    if (end < 0) return undefined;
    const value = end - at > (best?.length ?? 0) ? tryParse(text.slice(at, end)) : undefined;
    if (value !== undefined) best = { length: end - at, value };
    at = nextBracket(text, end);
  }
  return best?.value;
}

function nextBracket(text: string, from: number): number {
  return indexOf(/[{[]/g, text, from)?.from ?? -1;
}

/** No answer is nested so deeply; what walks over one may call itself that often. */
const deepest = 100;

/** The place behind the bracket that closes the one at `start`; -1 when it is not closed, or holds too many in another. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const mark = text[at];
    if (mark === '"') inString = !inString;
    else if (inString) at += mark === '\\' ? 1 : 0;
    else if (mark === '{' || mark === '[') depth++;
    else if ((mark === '}' || mark === ']') && --depth <= 0) return at + 1;
    if (depth > deepest) return -1;
  }
  return -1;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
