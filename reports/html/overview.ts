import type { CellResult } from '../../metrics/evidence.ts';
import type { Results } from '../results.ts';
import { cellsFor, statusCounts } from '../view.ts';
import { statusHelp, statusSigns, statusWords } from '../words.ts';
import { named } from './colours.ts';
import { html, type Markup } from './markup.ts';
import { scroll } from './tables.ts';

/** A status as sign and word; the sign is the same in every place. */
export function statusMark(status: CellResult['status']): Markup {
  return html`<span class="status s-${status}" title="${statusHelp[status]}">${statusSigns[status]} ${statusWords[status]}</span>`;
}

/** Topics by methods: what became of each cell. It is the table of contents of the topics, too. */
export function overview(results: Results): Markup {
  const rows = results.topics.map(
    (topic, i) =>
      html`<tr><th scope="row"><a href="#topic-${i + 1}">${topic.title}</a></th><td class="muted">${topic.category}</td>${results.methods.map(
        (method) =>
          html`<td>${cellsFor(results, topic.id, method).map((c, j) => [j > 0 && html`<br>`, statusMark(c.status)])}</td>`,
      )}</tr>`,
  );
  const heads = results.methods.map((m) => html`<th scope="col">${named(results, m.id, m.label)}</th>`);
  return html`<section aria-labelledby="overview">
<h2 id="overview">Topics</h2>
<p class="caption">What became of each cell: ${statusCounts(results.cells)}.</p>
${scroll('Topics', html`<table><thead><tr><th scope="col">Topic</th><th scope="col">Category</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`)}
</section>
`;
}
