import { type Fence, said, splitFences, tagOf } from '../harness/models/reply-text.ts';

/** Takes the code out of a model's reply. */

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
