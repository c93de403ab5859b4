import { count, formatTime } from '../format.ts';
import type { Results } from '../results.ts';
import { demonstration, isDetail, jobsInWords } from '../view.ts';
import { html, type Markup } from './markup.ts';

/** Title, what was run, and above it the heading of a scripted demonstration. */
export function head(results: Results): Markup {
  const { run } = results;
  const facts = [
    run.dataset === run.view ? run.dataset : `${run.dataset}, view ${run.view}`,
    `protocol ${run.protocol}`,
    `quality ${run.quality}`,
    `${count(results.topics.length, 'topic')} × ${count(results.methods.length, 'method')}`,
    jobsInWords(results),
    run.lastEvent === null ? null : formatTime(run.lastEvent),
  ];
  return html`<header class="head">
${run.scripted === 'all' && html`<p class="demo" role="note">${demonstration.heading}</p><p>${demonstration.sentence}</p>`}
<h1>${run.title}</h1>
<p class="about">${run.description}</p>
<p class="facts">${facts.filter((f) => f !== null).map((f) => html`<span>${f}</span>`)}</p>
${results.remarks.length > 0 && html`<ul class="remarks" aria-label="Remarks">${results.remarks.map((r) => html`<li>${r}</li>`)}</ul>`}
</header>
`;
}

/** The small table of contents at the side of a wide screen. */
export function contents(results: Results): Markup {
  return html`<nav class="toc" aria-label="Contents"><ul>
${results.tables.filter((t) => !isDetail(t)).map((t, i) => html`<li><a href="#table-${i + 1}">${t.title}</a></li>`)}
<li><a href="#overview">Topics</a><ul class="sub">${results.topics.map(
    (t, i) => html`<li><a href="#topic-${i + 1}">${t.title}</a></li>`,
  )}</ul></li>
<li><a href="#methods">Methods and models</a></li>
<li><a href="#provenance">Provenance</a></li>
</ul></nav>
`;
}
