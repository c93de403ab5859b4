/** HTML as a value: whatever is put into the `html` template is escaped, unless it is markup of ours already. */
import { plainText } from '../plain.ts';

/** Markup that `html` or `raw` made; nothing else may enter a page unescaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Part = string | number | null | undefined | false | Markup | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for element content and quoted attributes; control characters become visible. */
export function escapeHtml(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (c) => entities[c] ?? c);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(render).join('');
}

/** Markup from a template; lists are joined, `null`, `undefined` and `false` print nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.map((s, i) => s + render(parts[i])).join(''));
}

/** Only for constant markup, style and script of our own; never for data. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/**
 * Address of a file of the bundle, from a page in `report/`. `null` for a path that leaves the bundle or is
 * an address of its own: such a file is named, never linked.
 */
export function bundleHref(path: string): string | null {
  const parts = path.split('/');
  const bad = parts.some((p) => p === '' || p === '.' || p === '..') || /[\\\p{Cc}]/u.test(path);
  return bad ? null : `../${parts.map(encodeURIComponent).join('/')}`;
}
