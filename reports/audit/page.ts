import type { Audit } from '../../datasets/audit/audit-schema.ts';
import type { ViewComparison } from '../../datasets/audit/views.ts';
import { type Chart, dataUri } from '../charts/render.ts';
import { renderDocument } from '../html/document.ts';
import { html, type Markup } from '../html/markup.ts';
import { style as reportStyle } from '../html/style.ts';
import { scroll } from '../html/tables.ts';
import { oneLine } from '../plain.ts';
import { findings, known, opinions, related } from './lists.ts';
import { inWords, percent } from './words.ts';
import type { AuditReport } from './write.ts';

const style = `${reportStyle}
figure{margin:1.2rem 0 0}
figure img{display:block;max-width:100%;height:auto;background:#fff}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.6rem 2rem}
td.left:last-child{min-width:12rem}
details.list{margin-top:.5rem;max-width:60rem}
details.list li{margin-top:.3rem;overflow-wrap:anywhere}
`;

/** The audit of one view as a static page that opens from disk. */
export function auditPage(
  { audit, comparison, model }: AuditReport,
  charts: Readonly<Record<string, Chart>>,
): string {
  const name = `${audit.dataset}@${audit.view}`;
  const body = html`<main class="page">
<header class="head"><h1>Audit of ${name}</h1>
<p class="about">What can be known of the quizzes without a model: counts, each with its rule. Nothing here was mended.</p>
<p class="facts"><span>version ${audit.version}</span><span>${audit.topics} topics</span><span>${audit.questions} questions</span><span>${audit.clusters.distinct} distinct topics</span></p></header>
${gates(audit)}${bots(audit, charts)}${model && opinions(model)}${views(comparison, charts)}${plots(charts)}${anomalies(audit)}${known(audit)}${related(audit)}</main>`;
  return renderDocument({ title: `Audit of ${name}`, style, body });
}

function section(id: string, title: string, caption: string, body: Markup): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<p class="caption">${caption}</p>
${body}</section>
`;
}

function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  const cells = rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td class="${typeof cell === 'string' && /^[\d–<]/.test(cell) ? 'right' : 'left'}">${cell}</td>`)}</tr>`,
  );
  const numeric = (i: number) => /^[\d–<]/.test(String(rows[0]?.[i] ?? ''));
  return scroll(
    label,
    html`<table><thead><tr>${head.map((h, i) => html`<th scope="col" class="${i > 0 && numeric(i) ? 'right' : 'left'}">${h}</th>`)}</tr></thead><tbody>${cells}</tbody></table>`,
  );
}

function gates({ gates }: Audit): Markup {
  const failed = gates.filter(({ ok }) => !ok).length;
  const number = (value: number | null, limit: number) =>
    value === null ? '–' : limit === 0 ? String(value) : percent(value);
  const rows = gates.map(({ gate, value, limit, ok, why }) => [
    inWords(gate),
    number(value, limit),
    limit === 0 ? '0' : percent(limit),
    ok ? 'passed' : html`<strong class="alert">missed</strong>`,
    why,
  ]);
  return section(
    'gates',
    'Gates',
    `${failed === 0 ? 'All' : gates.length - failed} of ${gates.length} passed. A score on a quiz that misses one may come from its form.`,
    table('Gates', ['Gate', 'Value', 'Limit', '', 'What'], rows),
  );
}

function figure(chart: Chart | undefined): Markup | null {
  if (chart === undefined) return null;
  return html`<figure><img src="${dataUri(chart)}" width="${chart.width}" height="${chart.height}" alt="${chart.alt}"></figure>`;
}

function bots(audit: Audit, charts: Readonly<Record<string, Chart>>): Markup {
  const rows = audit.bots.map((bot) => [
    bot.name,
    `${bot.right}`,
    percent(bot.accuracy),
    bot.interval === null
      ? '–'
      : `${(bot.interval.low * 100).toFixed(1)}–${(bot.interval.high * 100).toFixed(1)}`,
    percent(bot.keyLongest.accuracy),
    percent(bot.keyNotLongest.accuracy),
    percent(bot.stratified),
    bot.rule,
  ]);
  const head = [
    'Bot',
    'Right',
    'Accuracy',
    '95 % interval',
    'Key longest',
    'Key not longest',
    'Stratified',
    'Picks',
  ];
  return section(
    'bots',
    'What form alone gives away',
    `Bots that know nothing and read only the form; chance is ${percent(audit.options.chance)}. Wilson intervals. Stratified: the mean of both strata, weighted equally. First option on ties.`,
    html`${table('Bots', head, rows)}${figure(charts.bots)}`,
  );
}

function views(comparison: ViewComparison, charts: Readonly<Record<string, Chart>>): Markup {
  const names = comparison.views[0]?.bots.map(({ name }) => name) ?? [];
  const rows = comparison.views.map(({ view, questions, topics, bots }) => [
    view,
    `${questions}`,
    `${topics}`,
    ...names.map((name) => percent(bots.find((bot) => bot.name === name)?.accuracy ?? null)),
  ]);
  const { best, refused } = comparison;
  return section(
    'views',
    'The views side by side',
    'The same bots on every view that can be had of this dataset.',
    html`${table('Views', ['View', 'Questions', 'Topics with 3 or more', ...names], rows)}${figure(charts.tradeOff)}
${best && html`<p class="notes">Rule of length-fair: the key at most ${best.ratio.toFixed(2)} times as long as the longest distractor. It leaves ${best.questions} questions and ${best.topics} topics with three or more: unfit for scores per topic.</p>`}${refused.map(({ view, why }) => html`<p class="notes">View ${view} cannot be had: ${oneLine(why, 200)}</p>`)}`,
  );
}

function plots(charts: Readonly<Record<string, Chart>>): Markup | null {
  const shown = [charts.letters, charts.lengths, charts.categories, charts.durations].filter(
    (c) => c !== undefined,
  );
  if (shown.length === 0) return null;
  return section(
    'plots',
    'Letters, lengths, categories',
    'Every picture says its finding in its alt text.',
    html`<div class="plots">${shown.map(figure)}</div>`,
  );
}

function anomalies(audit: Audit): Markup {
  const { counts, mixesNotations, notations } = audit.anomalies;
  const found = counts.filter(({ count }) => count > 0);
  const rows = found.map(({ kind, count, rule, informative }) => [
    inWords(kind),
    `${count}`,
    informative ? `${rule} (no defect)` : rule,
  ]);
  const mixed = notations.map(({ notation, questions }) => `${notation} ${questions}`).join(', ');
  return section(
    'anomalies',
    'Anomalies',
    found.length === 0 ? 'None.' : 'Unfold a kind to see each place.',
    html`${found.length > 0 && table('Anomalies', ['Kind', 'Count', 'Rule'], rows)}
${mixesNotations && html`<p class="notes">Notations are mixed; questions with each: ${mixed}.</p>`}
${findings(audit)}`,
  );
}
