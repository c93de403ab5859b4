import type { Results } from '../results.ts';
import { html, type Markup } from './markup.ts';

/** One colour per method everywhere: told apart with every common colour vision, dark enough on white and light enough on black. */
const palette = [
  ['#0072b2', '#5ab4ee'],
  ['#d55e00', '#f28e4b'],
  ['#008f68', '#2fc79b'],
  ['#b0569a', '#dd96cb'],
  ['#a67c00', '#e3c33c'],
  ['#4b4fbf', '#9a9df5'],
  ['#8c3b2e', '#d98878'],
  ['#6b6f76', '#a9afb8'],
] as const;

/** Class of a method's colour; methods beyond the palette get it again with a round sign. */
export function colourClass(results: Results, methodId: string | null): string {
  const index = results.methods.findIndex((m) => m.id === methodId);
  if (index < 0) return 'm-none';
  return `m${index % palette.length}${index >= palette.length ? ' m-round' : ''}`;
}

/** A name with its method's sign before it; the name says the same, so the sign has no text of its own. */
export function named(results: Results, methodId: string | null, label: string): Markup {
  if (methodId === null) return html`${label}`;
  return html`<span class="named"><span class="swatch ${colourClass(results, methodId)}" aria-hidden="true"></span><span>${label}</span></span>`;
}

const rules = (column: 0 | 1) => palette.map((pair, i) => `.m${i}{--c:${pair[column]}}`).join('');

export const colourStyle = `${rules(0)}.m-none{--c:var(--muted)}
@media (prefers-color-scheme: dark){${rules(1)}}
@media print{${rules(0)}}`;
