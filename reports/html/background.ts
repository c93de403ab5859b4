/** What stands behind the figures: spending in detail, methods and their models, provenance. */
import type { Ledger } from '../../harness/store/ledger-schema.ts';
import type { MethodResult } from '../../metrics/evidence.ts';
import { formatInteger, formatSeconds, formatUsd } from '../format.ts';
import type { Results } from '../results.ts';
import { type SpendingGroup, spendingGroups } from '../spending.ts';
import { settingsInWords } from '../words.ts';
import { swatch } from './colours.ts';
import { html, type Markup } from './markup.ts';
import { scroll } from './tables.ts';

function groupRows(results: Results, group: SpendingGroup): Markup[] {
  return group.lines.map(
    (line, i) =>
      html`<tr${i === 0 && html` class="group"`}><th scope="row">${i === 0 && [swatch(results, group.methodId), group.label]}</th><td>${line.role}</td><td>${line.purpose}</td>${[
        line.calls,
        line.failedCalls,
        line.tokens.input,
        line.tokens.cached,
        line.tokens.output,
        line.tokens.reasoning,
      ].map(
        (n) => html`<td class="right">${formatInteger(n)}</td>`,
      )}<td class="right">${formatUsd(line.costUsd)}</td></tr>`,
  );
}

function total(label: string, ledger: Ledger): Markup {
  return html`<p>${label}: ${formatInteger(ledger.calls)} calls, ${formatInteger(ledger.tokens.input)} tokens in, ${formatInteger(ledger.tokens.output)} out, ${formatUsd(ledger.costUsd)}; working ${formatSeconds(ledger.workingS)}, waiting ${formatSeconds(ledger.waitingS)}, rendering ${formatSeconds(ledger.renderS)}, CPU ${formatSeconds(ledger.cpuS)}.</p>`;
}

/** Calls and tokens by role and purpose, to unfold. "–" is unknown, never 0. */
export function spending(results: Results): Markup {
  const labels = ['Calls', 'Failed', 'Tokens in', 'cached', 'Tokens out', 'reasoning', 'Cost'];
  const head = html`<tr><th scope="col"><span class="hidden">Method</span></th><th scope="col">Role</th><th scope="col">Purpose</th>${labels.map(
    (l) => html`<th scope="col" class="right">${l}</th>`,
  )}</tr>`;
  const body = spendingGroups(results).map((group) => groupRows(results, group));
  const { generation, evaluation } = results.run.ledger;
  return html`<details class="more"><summary>Calls and tokens by role and purpose</summary>
${scroll('Calls by role and purpose', html`<table class="small"><thead>${head}</thead><tbody>${body}</tbody></table>`)}
<div class="notes">${total('Generation', generation)}${total('Evaluation', evaluation)}<p>– is not known, never 0.</p></div>
</details>
`;
}

function role(use: MethodResult['roles'][number]): Markup {
  const others = use.servedModels.filter((m) => m !== use.model);
  return html`<div>${use.role}: ${use.model} <span class="muted">${use.endpoint}${use.usageSource === 'counted_locally' && ', tokens counted locally'}</span>${
    others.length > 0 && html` <span class="alert">answered as ${others.join(', ')}</span>`
  }</div>`;
}

/** Methods with their settings and the models that filled their roles. */
export function methods(results: Results): Markup {
  const rows = results.methods.map(
    (m) =>
      html`<tr><th scope="row">${swatch(results, m.id)}${m.label}</th><td>${m.method}, version ${m.version}</td><td>${settingsInWords(m.settings)}</td><td>${m.roles.map(role)}</td></tr>`,
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
