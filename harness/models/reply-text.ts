/** What a reply says, without what stands around it. */

export interface Fence {
  tag: string;
  body: string;
}

/** The line that opens or closes a fence: its back-ticks or tildes, and what stands behind them. */
const fenceLine = /^[ \t]*(`{3,}|~{3,})(.*)$/;

/**
 * Fences, each closed by at least as many back-ticks or tildes as opened it, and the lines outside them. Line by line: one
 * pattern over a whole reply takes minutes where a model repeats itself.
 */
export function splitFences(text: string): { fences: Fence[]; rest: string } {
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
export function said(reply: string): string {
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

export function indexOf(pattern: RegExp, text: string, from: number): { from: number; to: number } | null {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found === null ? null : { from: found.index, to: pattern.lastIndex };
}

/** `python` of `Python`, `{.python}` or `python title="scene.py"`. */
export function tagOf(head: string): string {
  return /[a-z][\w+-]*/.exec(head.toLowerCase())?.[0] ?? '';
}
