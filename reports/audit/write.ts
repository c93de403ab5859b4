import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Audit, auditToJson } from '../../datasets/audit/audit-schema.ts';
import type { ViewComparison } from '../../datasets/audit/views.ts';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable } from '../../harness/store/errors.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { auditCharts } from './charts.ts';
import { auditPage } from './page.ts';

/** The audit as one object for programs; `views` and the trade-off are there when views were compared. */
export function auditObject(audit: Audit, comparison: ViewComparison | null): Record<string, unknown> {
  const { views, tradeOff, best } = comparison ?? {};
  const more = toDisk({ views, lengthTradeOff: tradeOff, lengthFair: best });
  return Object.assign(auditToJson(audit), more);
}

/** Writes `audit.json` and `index.html` with its plots into a folder; returns the page's path. */
export async function writeAudit(
  audit: Audit,
  comparison: ViewComparison | null,
  folder: string,
): Promise<string> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(folder, cause);
  }
  writeWhole(join(folder, 'audit.json'), `${JSON.stringify(auditObject(audit, comparison), null, 2)}\n`);
  const page = join(folder, 'index.html');
  writeWhole(page, auditPage(audit, comparison, await auditCharts(audit, comparison)));
  return page;
}
