import { join, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { auditDataset } from '../../../datasets/audit/report.ts';
import { auditSummary } from '../../../datasets/audit/terminal.ts';
import { compareViews } from '../../../datasets/audit/views.ts';
import { loadDataset, parseReference } from '../../../datasets/load.ts';
import { findCorrections, readCorrections } from '../../../datasets/views/corrections.ts';
import { applyView } from '../../../datasets/views/view.ts';
import { auditObject, writeAudit } from '../../../reports/audit/write.ts';
import { exitCodes } from '../../store/errors.ts';

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
  const comparison = compareViews(released);
  if (options.json) process.stdout.write(`${JSON.stringify(auditObject(audit, comparison))}\n`);
  if (!options.json || options.out !== undefined) {
    const folder = resolve(options.out ?? join('runs', 'audits', `${dataset.name}@${view}`));
    const page = await writeAudit(audit, comparison, folder);
    if (!options.json) process.stdout.write(`${auditSummary(audit)}\n\nAudit: ${page}\n`);
  }
  return options.gate && audit.gates.some(({ ok }) => !ok) ? exitCodes.gateMissed : exitCodes.done;
}
