import type { CellResult, MethodResult } from '../../metrics/evidence.ts';
import { count, formatSeconds } from '../format.ts';
import { otherModelWords } from '../other-models.ts';
import { oneLine } from '../plain.ts';
import type { Results } from '../results.ts';
import { hasRepeats } from '../view.ts';
import { causeWords, sectionsInWords, statusWords, unsafeWords } from '../words.ts';
import { colourClass, named } from './colours.ts';
import { bundleHref, html, type Markup } from './markup.ts';
import { statusMark } from './overview.ts';

function player(cell: CellResult, label: string): Markup {
  const href = cell.video === null ? null : bundleHref(cell.video);
  if (href === null)
    return html`<div class="novideo" role="img" aria-label="${label}: no video, ${statusWords[cell.status]}">No video</div>`;
  return html`<video controls playsinline preload="metadata" src="${href}" aria-label="${label}: ${statusWords[cell.status]}"></video>`;
}

/** A message whole when short, else its beginning with the rest to unfold. */
function message(text: string): Markup {
  const line = oneLine(text, 220);
  if (!line.endsWith('…') || text.endsWith('…')) return html`${line}`;
  return html`${line}<details><summary>whole message</summary><pre>${text}</pre></details>`;
}

function facts(cell: CellResult): Markup {
  const v = cell.videoFacts;
  const { input, output } = cell.ledger.tokens;
  const parts = [
    v && formatSeconds(v.durationS),
    v && `${v.width}×${v.height}`,
    v && `${Number(v.fps.toFixed(2))} fps`,
    input !== null && output !== null && input + output > 0 && count(input + output, 'token'),
    cell.ledger.renders > 0 && count(cell.ledger.renders, 'render'),
    cell.ledger.workingS > 0 && `${formatSeconds(cell.ledger.workingS)} of work`,
  ];
  return html`<p class="facts"><span>${statusMark(cell.status)}</span>${parts.map((p) => p && html`<span>${p}</span>`)}</p>`;
}

function causes(cell: CellResult): Markup {
  const others = otherModelWords(cell);
  const failing = cell.sections.filter((s) => s.error !== null);
  return html`${cell.reason && html`<p class="cause"><strong>${causeWords(cell.reason.code)}:</strong> ${message(cell.reason.message)}</p>`}
${cell.sandbox === 'none' && html`<p class="cause alert">${unsafeWords}</p>`}${others !== null && html`<p class="cause alert">${others}</p>`}
${
  failing.length > 0 &&
  html`<ul class="cause" aria-label="Sections that failed">${failing.map(
    ({ title, error }) =>
      html`<li>${title}: <strong>${causeWords(error?.kind ?? '')}:</strong> ${message(error?.message ?? '')}</li>`,
  )}</ul>`
}`;
}

function sections(cell: CellResult): Markup | null {
  const words = sectionsInWords(cell);
  if (words === null) return null;
  const stage = (s: CellResult['sections'][number]) =>
    s.rendered
      ? 'rendered'
      : s.checked
        ? 'checked, not rendered'
        : s.codeProduced
          ? 'code, check failed'
          : 'no code';
  return html`<details><summary>${words}</summary><ol>${cell.sections.map(
    (s) =>
      html`<li>${s.title} <span class="muted">${stage(s)}${s.repairs > 0 && `, ${count(s.repairs, 'repair')}${scopes(s)}`}${rounds(s)}</span></li>`,
  )}</ol></details>`;
}

type Section = CellResult['sections'][number];

/** ` (1 line, 1 block)`: at which scopes a section was repaired. */
function scopes({ repairsByScope = { line: 0, block: 0, section: 0 } }: Section): string {
  const used = Object.entries(repairsByScope).filter(([, repairs]) => repairs > 0);
  return used.length === 0 ? '' : ` (${used.map(([scope, repairs]) => `${repairs} ${scope}`).join(', ')})`;
}

/** `, critic: kept, nothing found`: what came of the critic's rounds. */
function rounds({ critic = [] }: Section): string {
  return critic.length === 0 ? '' : `, critic: ${critic.join(', ').replaceAll('_', ' ')}`;
}

function files(cell: CellResult): Markup | null {
  if (cell.files.length === 0) return null;
  const folder = `cells/${cell.id}/`;
  return html`<details><summary>${count(cell.files.length, 'stage file')}</summary><ul>${cell.files.map(
    (path) => {
      const href = bundleHref(path);
      const name = path.startsWith(folder) ? path.slice(folder.length) : path;
      return html`<li>${href === null ? name : html`<a href="${href}">${name}</a>`}</li>`;
    },
  )}</ul></details>`;
}

/** Whose icons are shown, and under which licence. Addresses are text: a page links nothing outside its bundle. */
function assets({ assets = [] }: CellResult): Markup | null {
  if (assets.length === 0) return null;
  return html`<details><summary>${count(assets.length, 'asset')}, recoloured for the black ground</summary><ul>${assets.map(
    ({ name, set, author, url, licence, licenceUrl }) =>
      html`<li>${name}: ${set}${author !== '' && `, ${author}`}, ${licence} <span class="muted">${url} ${licenceUrl}</span></li>`,
  )}</ul></details>`;
}

/** One production: its video or why there is none, its sections and its files. */
export function cellView(results: Results, method: MethodResult, cell: CellResult, topic: string): Markup {
  const label = hasRepeats(results) ? `${method.label}, repeat ${cell.repeat + 1}` : method.label;
  return html`<article class="cell ${colourClass(results, method.id)}">
<h3>${named(results, method.id, label)}</h3>
${player(cell, `${label}, ${topic}`)}
${facts(cell)}
${causes(cell)}
${sections(cell)}${assets(cell)}${files(cell)}
</article>
`;
}
