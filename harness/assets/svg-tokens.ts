/** The parts of an SVG file. Comments, the XML declaration and space between elements are left out. */
export type SvgToken =
  | { kind: 'open'; name: string; attributes: ReadonlyMap<string, string>; empty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text' };

const comment = /<!--(?:(?!--)[\s\S])*-->/y;
const declaration = /<\?xml\s[^<>?]*\?>/y;
const close = /<\/([A-Za-z][\w:.-]*)\s*>/y;
const open = /<([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const text = /[^<]+/y;

/**
 * Splits a file strictly: `null` for a doctype, an entity of its own, CDATA, another processing instruction, an attribute
 * twice, and whatever else is not plain elements with quoted attributes. Whether elements close in order is not its matter.
 */
export function svgTokens(file: string): SvgToken[] | null {
  const source = file.replace(/^\uFEFF/, '').trim();
  const tokens: SvgToken[] = [];
  let at = 0;
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  next(declaration);
  while (at < source.length) {
    if (next(comment) !== null) continue;
    const token = oneToken(next);
    if (token === null) return null;
    if (token !== 'space') tokens.push(token);
  }
  return tokens;
}

function oneToken(next: (pattern: RegExp) => RegExpExecArray | null): SvgToken | 'space' | null {
  const words = next(text);
  if (words !== null) return words[0].trim() === '' ? 'space' : { kind: 'text' };
  const closed = next(close);
  if (closed !== null) return { kind: 'close', name: closed[1] ?? '' };
  const opened = next(open);
  if (opened === null) return null;
  const [, name = '', list = '', slash] = opened;
  const pairs = [...list.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const attributes = new Map(pairs.map(([, key = '', one, other]) => [key, one ?? other ?? '']));
  return attributes.size === pairs.length ? { kind: 'open', name, attributes, empty: slash === '/' } : null;
}
