import type { Results } from '../results.ts';
import { methods, provenance, totals } from './background.ts';
import { renderDocument } from './document.ts';
import { contents, head } from './head.ts';
import { html } from './markup.ts';
import { overview } from './overview.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { tableSections } from './tables.ts';
import { topicSections } from './topics.ts';

/** `report/index.html`: one static page that opens from disk, for a bundle's `report/` folder. */
export function renderPage(results: Results): string {
  const body = html`${contents(results)}<main class="page">
${head(results)}${tableSections(results)}${totals(results)}${overview(results)}${topicSections(results)}${methods(results)}${provenance(results)}</main>`;
  return renderDocument({ title: results.run.title, style, script, body });
}
