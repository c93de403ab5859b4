import { parseJson } from '../store/parse-json.ts';
import { indexOf, said, splitFences } from './reply-text.ts';

/**
 * The JSON object or array of a reply: a fence that holds nothing else, else the longest one in the text around which prose
 * may stand. `undefined` when there is none, or when the reply ends inside one: parts of a cut answer are no answer.
 */
export function extractJson(reply: string): unknown {
  const text = said(reply);
  for (const { body } of splitFences(text).fences) {
    const inside = body.trim();
    const value = endOf(inside, 0) === inside.length ? parseJson(inside) : undefined;
    if (value !== undefined) return value;
  }
  return longestValue(text);
}

function longestValue(text: string): unknown {
  let best: { length: number; value: unknown } | undefined;
  for (let at = nextBracket(text, 0); at >= 0; ) {
    const end = endOf(text, at);
    if (end < 0) return undefined;
    const value = end - at > (best?.length ?? 0) ? parseJson(text.slice(at, end)) : undefined;
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
