import { parseJson } from '../store/parse-json.ts';

/** What stands in the only fence of a text, its language left out; `undefined` where there is none or more than one. */
export function onlyFence(text: string): string | undefined {
  // By splitting: an expression that looks for the end of a fence takes a time that grows with the square of the text.
  const parts = text.split('```');
  return parts.length === 3 || parts.length === 4 ? parts[1]?.replace(/^[\w-]*[^\S\n]*\n?/, '') : undefined;
}

/** The JSON object that a reply is, alone or in its only fence; `undefined` where it is none. */
export function onlyObject(text: string): Record<string, unknown> | undefined {
  for (const candidate of [text, onlyFence(text) ?? '']) {
    const value = parseJson(candidate);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  }
  return undefined;
}
