import { join, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { auditDataset } from '../../../datasets/audit/report.ts';
import { auditSummary } from '../../../datasets/audit/terminal.ts';
import { compareViews } from '../../../datasets/audit/views.ts';
import type { ModelAudit } from '../../../datasets/build/model-audit.ts';
import { loadDataset, parseReference } from '../../../datasets/load.ts';
import type { Dataset } from '../../../datasets/schema.ts';
import { findCorrections, readCorrections } from '../../../datasets/views/corrections.ts';
import { applyView } from '../../../datasets/views/view.ts';
import { auditObject, writeAudit } from '../../../reports/audit/write.ts';
import { oneLine } from '../../../reports/plain.ts';
import { exitCodes, MmmcError } from '../../store/errors.ts';
import { interruptible } from '../interruptible.ts';
import { loadDotEnv } from '../options.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('dataset', {
      type: 'string',
      describe: 'name or folder, with a view: mmmc@corrected',
      demandOption: true,
    })
    .option('out', {
      type: 'string',
      describe: 'folder of audit.json and index.html; without it runs/audits/<dataset>@<view>',
    })
    .option('endpoint', {
      type: 'string',
      describe: 'endpoint of configs/models that is asked too: options alone, and second defensible options',
    })
    .option('gate', { type: 'boolean', default: false, describe: 'exit 1 when a gate is missed' })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'one JSON object on stdout; files only where --out says so',
    });
}

const schema = z.object({
  dataset: z.string(),
  out: z.string().optional(),
  endpoint: z.string().optional(),
  gate: z.boolean(),
  json: z.boolean(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const { place, view } = parseReference(options.dataset);
  const released = await loadDataset(place);
  const dataset = view === 'released' ? released : applyView(released, view);
  const path = findCorrections(released);
  const corrections = path === null ? [] : readCorrections(path, released.collection);
  const audit = await auditDataset(dataset, { corrections, anomalies: released.anomalies ?? [] });
  const folder = resolve(options.out ?? join('runs', 'audits', `${dataset.name}@${view}`));
  const model =
    options.endpoint === undefined ? null : await askModel(dataset, options.endpoint, join(folder, 'models'));
  const report = { audit, comparison: compareViews(released), model };
  for (const { view, why } of report.comparison.refused)
    process.stderr.write(`mmmc: view ${view} cannot be had: ${oneLine(why, 200)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(auditObject(report))}\n`);
  if (!options.json || options.out !== undefined) {
    const page = await writeAudit(report, folder);
    if (!options.json) process.stdout.write(`${auditSummary(audit)}\n${inWords(model)}\nAudit: ${page}\n`);
  }
  if (model !== null && model.exitCode !== exitCodes.done) return model.exitCode;
  return options.gate && audit.gates.some(({ ok }) => !ok) ? exitCodes.gateMissed : exitCodes.done;
}

/** Asks the model through a bundle of its own beside the audit: the same command again pays for nothing twice. */
async function askModel(dataset: Dataset, id: string, folder: string): Promise<ModelAudit> {
  loadDotEnv();
  const [{ sharedEndpoints }, { auditWithModel }] = await Promise.all([
    import('../../experiment/config.ts'),
    import('../../../datasets/build/model-audit.ts'),
  ]);
  const known = sharedEndpoints();
  const endpoint = known.find((candidate) => candidate.id === id);
  if (endpoint === undefined)
    throw new MmmcError('no_endpoint', `there is no endpoint ${id}`, {
      exitCode: exitCodes.usage,
      hint: `configs/models has: ${known.map((e) => e.id).join(', ')}`,
    });
  const say = (line: string) => process.stderr.write(`${line}\n`);
  return interruptible(say, (control) =>
    auditWithModel(dataset, endpoint, { folder, unsafeLocal: false }, control),
  );
}

function inWords(model: ModelAudit | null): string {
  if (model === null) return '';
  const { accuracy, n, abstained, missing } = model.choicesOnly;
  const share = accuracy === null ? '-' : `${(accuracy * 100).toFixed(1)} %`;
  return (
    `model ${model.model}: from the options alone ${share} of ${n} (${abstained} abstained, ${missing} without a reading); ` +
    `defends a second option in ${model.secondKeys.length} (an opinion)\n`
  );
}
