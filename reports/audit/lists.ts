import type { Audit } from '../../datasets/audit/audit-schema.ts';
import type { ModelAudit } from '../../datasets/build/model-audit.ts';
import { html, type Markup } from '../html/markup.ts';
import { inWords, percent } from './words.ts';

function unfold(title: string, items: readonly Markup[]): Markup | null {
  if (items.length === 0) return null;
  return html`<details class="more list"><summary>${title}</summary><ol>${items}</ol></details>`;
}

/** Every anomaly with its place, by kind, to unfold. */
export function findings({ anomalies }: Audit): Markup {
  const kinds = Map.groupBy(
    anomalies.list.filter(({ kind }) => anomalies.counts.some((c) => c.kind === kind && !c.informative)),
    ({ kind }) => kind,
  );
  return html`${[...kinds].map(([kind, list]) =>
    unfold(
      `${inWords(kind)}, ${list.length}`,
      list.map(({ where, message }) => html`<li>${where}: <span class="muted">${message}</span></li>`),
    ),
  )}`;
}

/** What the corrections file says is wrong, each with its proof. */
export function known({ corrections }: Audit): Markup | null {
  const standing = corrections.filter(({ present }) => present !== false);
  if (corrections.length === 0) return null;
  const caption =
    standing.length === 0
      ? `All ${corrections.length} known problems are mended in this view.`
      : `${standing.length} of ${corrections.length} known problems stand in this view; the view “corrected” mends them.`;
  const items = standing.map(
    ({ topic, question, kind, wrong, evidence }) =>
      html`<li><strong>${topic} ${question === null ? '' : `question ${question}`}</strong> (${inWords(kind)}): ${wrong} <span class="muted">${evidence}</span></li>`,
  );
  return html`<section aria-labelledby="known"><h2 id="known">Known problems</h2><p class="caption">${caption}</p>${unfold('Each with its proof', items)}</section>
`;
}

/** Near-duplicate questions and groups of related topics. */
export function related({ clusters, duplicates, topics }: Audit): Markup {
  const { comparison } = clusters;
  const agreement =
    comparison &&
    html` Against the groups listed by hand, in pairs: precision ${percent(comparison.precision)}, recall ${percent(comparison.recall)}.`;
  const pairs = duplicates.pairs.map(
    ({ a, b, exact }) =>
      html`<li>${a.topic} question ${a.question} and ${b.topic} question ${b.question}${exact && ' (the same)'}</li>`,
  );
  const groups = clusters.groups.map(
    (group) => html`<li>${group.map(({ title }) => title).join(' · ')}</li>`,
  );
  return html`<section aria-labelledby="related"><h2 id="related">Related topics and questions</h2>
<p class="caption">${topics} topics count as ${clusters.distinct} when each group counts once: they are not independent in averages. Rule: ${clusters.rule}.${agreement}</p>
${unfold(`${groups.length} groups of related topics`, groups)}${unfold(`${pairs.length} near-duplicate questions`, pairs)}</section>
`;
}

/** What a model said: the options alone, and second options it could defend. */
export function opinions({ endpoint, model, choicesOnly, secondKeys }: ModelAudit): Markup {
  const { accuracy, interval, n, abstained, missing } = choicesOnly;
  const range =
    interval && ` (95 % interval ${(interval.low * 100).toFixed(1)}–${(interval.high * 100).toFixed(1)})`;
  const items = secondKeys.map(
    ({ topic, question, key, defended }) =>
      html`<li>${topic} question ${question}: ${defended} beside the key ${key}</li>`,
  );
  return html`<section aria-labelledby="model"><h2 id="model">What a model says</h2>
<p class="caption">${model} (${endpoint}). Shown the options without the question, it picks the key in ${percent(accuracy)}${range} of ${n} questions; it abstained in ${abstained}, ${missing} gave no reading.</p>
<p>It could defend a second option in ${secondKeys.length} questions: an opinion, for a person to judge.</p>
${unfold('Each of them', items)}</section>
`;
}
