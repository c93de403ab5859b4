import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Audit, auditToJson } from '../../datasets/audit/audit-schema.ts';
import type { ViewComparison } from '../../datasets/audit/views.ts';
import type { ModelAudit } from '../../datasets/build/model-audit.ts';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable } from '../../harness/store/errors.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { auditCharts } from './charts.ts';
import { auditPage } from './page.ts';

/** Everything that an audit shows. */
export interface AuditReport {
  audit: Audit;
  /** The views side by side. */
  comparison: ViewComparison;
  /** What a model said of the quiz, when one was asked. */
  model: ModelAudit | null;
}

/** The audit as one object for programs: the audit's own fields, `views`, `length_trade_off`, `length_fair`, `refused_views`, `model`. */
export function auditObject({ audit, comparison, model }: AuditReport): Record<string, unknown> {
  const { views, tradeOff, best, refused } = comparison;
  const more = toDisk({ views, lengthTradeOff: tradeOff, lengthFair: best, refusedViews: refused, model });
  return Object.assign(auditToJson(audit), more);
}

/** Writes `audit.json` and `index.html` with its plots into a folder; returns the page's path. */
export async function writeAudit(report: AuditReport, folder: string): Promise<string> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(folder, cause);
  }
  writeWhole(join(folder, 'audit.json'), `${JSON.stringify(auditObject(report), null, 2)}\n`);
  const page = join(folder, 'index.html');
  writeWhole(page, auditPage(report, await auditCharts(report.audit, report.comparison)));
  return page;
}
