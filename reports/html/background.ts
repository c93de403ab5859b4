/** What stands behind the figures: spending in detail, methods and their models, provenance. */

import { isSameModel } from '../../harness/models/served-model.ts';
import type { Ledger } from '../../harness/store/ledger-schema.ts';
import type { MethodResult } from '../../metrics/evidence.ts';
import { count, formatCost, formatInteger, formatSeconds } from '../format.ts';
import type { Results } from '../results.ts';
import { settingsInWords } from '../words.ts';
import { named } from './colours.ts';
import { html, type Markup } from './markup.ts';
import { scroll } from './tables.ts';

function totalRow(label: string, ledger: Ledger): Markup {
  const { tokens } = ledger;
  const counts = [ledger.calls, tokens.input, tokens.output].map((n) => formatInteger(n));
  const times = [ledger.workingS, ledger.waitingS, ledger.renderS, ledger.cpuS].map((s) => formatSeconds(s));
  const figures = [...counts, formatCost(ledger), ...times];
  return html`<tr><th scope="row">${label}</th>${figures.map((f) => html`<td class="right">${f}</td>`)}</tr>`;
}

function purposeLine({ role, purpose, calls, tokens }: Ledger['byPurpose'][number]): string {
  return `${role}, ${purpose}: ${count(calls, 'call')}, ${formatInteger(tokens.input)} tokens in, ${formatInteger(tokens.output)} out`;
}

/** What the whole run spent, making apart from measuring, to unfold. "–" is unknown, never 0. */
export function totals(results: Results): Markup {
  const { generation, evaluation } = results.run.ledger;
  const labels = ['Calls', 'Tokens in', 'Tokens out', 'Cost', 'Working', 'Waiting', 'Rendering', 'CPU'];
  const head = html`<tr><th scope="col"><span class="hidden">Part</span></th>${labels.map((l) => html`<th scope="col" class="right">${l}</th>`)}</tr>`;
  return html`<details class="more"><summary>Totals of generation and evaluation</summary>
${scroll('Totals', html`<table><thead>${head}</thead><tbody>${totalRow('Generation', generation)}${totalRow('Evaluation', evaluation)}</tbody></table>`)}
<div class="notes">${evaluation.byPurpose.map((line) => html`<p>Evaluation by ${purposeLine(line)}.</p>`)}<p>– is not known, never 0; ≥ is known in part.</p></div>
</details>
`;
}

function role(use: MethodResult['roles'][number]): Markup {
  const others = use.servedModels.filter((m) => !isSameModel(use.model, m));
  return html`<div>${use.role}: ${use.model} <span class="muted">${use.endpoint}${use.usageSource === 'counted_locally' && ', tokens counted locally'}</span>${
    others.length > 0 && html` <span class="alert">answered as ${others.join(', ')}</span>`
  }</div>`;
}

/** Methods with their settings and the models that filled their roles. */
export function methods(results: Results): Markup {
  const rows = results.methods.map(
    (m) =>
      html`<tr><th scope="row">${named(results, m.id, m.label)}</th><td>${m.method}, version ${m.version}</td><td>${settingsInWords(m.settings)}</td><td>${m.roles.map(role)}</td></tr>`,
  );
  return html`<section aria-labelledby="methods">
<h2 id="methods">Methods and models</h2>
<p class="caption">What ran, and who answered.</p>
${scroll('Methods and models', html`<table><thead><tr><th scope="col">Method</th><th scope="col">Code</th><th scope="col">Settings</th><th scope="col">Roles</th></tr></thead><tbody>${rows}</tbody></table>`)}
</section>
`;
}

/** Versions and hashes, and where the same results lie in other forms. */
export function provenance(results: Results): Markup {
  return html`<section aria-labelledby="provenance">
<h2 id="provenance">Provenance</h2>
<dl class="columns small">${results.run.provenance.map(({ key, value }) => html`<dt>${key}</dt><dd class="muted">${value}</dd>`)}
<dt>other forms</dt><dd><a href="report.md">report.md</a>, <a href="results.csv">results.csv</a>, <a href="results.json">results.json</a></dd></dl>
</section>
`;
}
