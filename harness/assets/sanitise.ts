import { isElement, safeAttributes } from './svg-attributes.ts';
import { onBlack } from './svg-colours.ts';
import { type SvgToken, svgTokens } from './svg-tokens.ts';

/** An icon is small; whoever sends more sends something else. */
export const mostBytes = 100 * 1024;
const most = { elements: 1000, depth: 20, uses: 50 };

/** Words about the picture, which are not drawn: left out with all that is in them. */
const words = new Set(['title', 'desc', 'metadata']);

interface Element {
  name: string;
  attributes: Map<string, string>;
}
type Part = Element | 'close';

/**
 * An icon made safe to be drawn: written anew from the elements and attributes that icons need, in colours that are seen on
 * black. `null` for everything else: scripts, events, styles, text, pictures, references out of the file, a doctype,
 * entities, more than 100 KB, `use` within `use`. What is returned has a view box and no comments.
 */
export function sanitiseSvg(file: string): string | null {
  if (Buffer.byteLength(file) > mostBytes) return null;
  const tokens = svgTokens(file);
  const parts = tokens && checked(withoutWords(tokens));
  if (parts === null) return null;
  const [root] = parts;
  if (root === undefined || root === 'close' || !frame(root)) return null;
  if (parts.filter((part) => part !== 'close' && shapes.has(part.name)).length === 0) return null;
  return written(parts);
}

const shapes = new Set(['path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon']);

/** Tokens without titles and descriptions; an opened one that never closes leaves nothing behind it. */
function withoutWords(tokens: readonly SvgToken[]): SvgToken[] {
  let inside: string | null = null;
  return tokens.filter((token) => {
    if (inside !== null) {
      if (token.kind === 'close' && token.name === inside) inside = null;
      return false;
    }
    if (token.kind !== 'open' || !words.has(token.name)) return true;
    if (!token.empty) inside = token.name;
    return false;
  });
}

/** The elements in order, each closed where it was; `null` unless all is allowed and in its place. */
function checked(tokens: readonly SvgToken[]): Part[] | null {
  const parts: Part[] = [];
  const stack: { name: string; named: boolean }[] = [];
  let uses = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'text') return null;
    if (token.kind === 'close') {
      if (stack.pop()?.name !== token.name) return null;
      parts.push('close');
      continue;
    }
    // One root, the first; everything else stands in it.
    if ((token.name === 'svg') !== (i === 0) || (i > 0 && stack.length === 0)) return null;
    if (!isElement(token.name) || stack.length >= most.depth || i > 2 * most.elements) return null;
    const attributes = safeAttributes(token.name, token.attributes);
    if (attributes === null) return null;
    // What can be used holds no use itself: nothing refers to itself, and nothing grows without bound.
    if (token.name === 'use' && (++uses > most.uses || stack.some(({ named }) => named))) return null;
    parts.push({ name: token.name, attributes });
    if (token.empty) parts.push('close');
    else stack.push({ name: token.name, named: attributes.has('id') });
  }
  return stack.length === 0 ? parts : null;
}

/** Gives the root a view box; false where it has neither that nor a size in the units of the drawing. */
function frame({ attributes }: Element): boolean {
  const sides = ['width', 'height'];
  const size = sides.map((side) => /^[\d.]+(?=(?:px)?$)/.exec(attributes.get(side) ?? '')?.[0]);
  for (const side of sides) attributes.delete(side);
  if (attributes.has('viewBox')) return true;
  if (size.includes(undefined)) return false;
  attributes.set('viewBox', `0 0 ${size.join(' ')}`);
  return true;
}

function written(parts: readonly Part[]): string {
  const elements = parts.filter((part) => part !== 'close');
  const paints = elements.flatMap(({ attributes }) => [attributes.get('fill'), attributes.get('stroke')]);
  const colour = onBlack(paints.filter((paint) => paint !== undefined));
  const open: string[] = [];
  const texts = parts.map((part) => {
    if (part === 'close') return `</${open.pop()}>`;
    open.push(part.name);
    return `<${part.name}${attributesOf(part, colour)}>`;
  });
  return `${texts.join('')}\n`;
}

function attributesOf({ name, attributes }: Element, colour: (paint: string) => string): string {
  // Whatever has no fill of its own is black by the standard.
  const all = name === 'svg' ? { xmlns: 'http://www.w3.org/2000/svg', fill: 'currentColor' } : {};
  return Object.entries({ ...all, ...Object.fromEntries(attributes) })
    .map(([key, value]) => ` ${key}="${key === 'fill' || key === 'stroke' ? colour(value) : value}"`)
    .join('');
}
