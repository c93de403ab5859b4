/** What stands in the only fence of a text, its language left out; `undefined` where there is none or more than one. */
export function onlyFence(text: string): string | undefined {
  // By splitting: an expression that looks for the end of a fence takes a time that grows with the square of the text.
  const parts = text.split('```');
  return parts.length === 3 || parts.length === 4 ? parts[1]?.replace(/^[\w-]*[^\S\n]*\n?/, '') : undefined;
}
