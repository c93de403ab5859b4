/** Takes the useful part out of a model's reply. */

const fencePattern = /^[ \t]*```[ \t]*([\w+-]*)[^\n]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm;

interface Fence {
  tag: string;
  body: string;
}

function fencesOf(text: string): Fence[] {
  return [...text.matchAll(fencePattern)].map((m) => ({ tag: (m[1] ?? '').toLowerCase(), body: m[2] ?? '' }));
}

/**
 * The Python code of a reply: the longest fence tagged python or py, else the longest fence of any tag, else the
 * reply itself when it looks like a file; `null` when there is none.
 */
export function extractCode(reply: string): string | null {
  const fences = fencesOf(reply);
  const python = fences.filter((f) => ['python', 'py', 'python3'].includes(f.tag));
  const longest = (python.length > 0 ? python : fences).reduce<Fence | null>(
    (best, f) => (best === null || f.body.length > best.body.length ? f : best),
    null,
  );
  if (longest !== null) return longest.body.trim() === '' ? null : longest.body;
  const unclosed = /```(?:python|py)\s*\n([\s\S]+)$/i.exec(reply)?.[1];
  if (unclosed !== undefined) return unclosed;
  return /^(from|import|class)\s/m.test(reply) ? reply : null;
}

/**
 * The JSON value of a reply: the whole reply, a fence, or the outermost braces or brackets in prose.
 * `undefined` when none of them parses.
 */
export function extractJson(reply: string): unknown {
  const candidates = [
    reply,
    ...fencesOf(reply).map((f) => f.body),
    between(reply, '{', '}'),
    between(reply, '[', ']'),
  ];
  for (const candidate of candidates) {
    const value = candidate === undefined ? undefined : tryParse(candidate);
    if (value !== undefined && typeof value === 'object') return value;
  }
  return undefined;
}

function between(text: string, open: string, close: string): string | undefined {
  const start = text.indexOf(open);
  const end = text.lastIndexOf(close);
  return start >= 0 && end > start ? text.slice(start, end + 1) : undefined;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
