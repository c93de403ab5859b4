import type { Anomaly } from '../../datasets/schema.ts';
import { oneLine } from '../../reports/plain.ts';

/** Anomalies shown of one kind; all of them are in the JSON. */
const shown = 3;

/** Anomalies by kind with their first few places, most frequent first; nothing when there are none. */
export function anomaliesInWords(anomalies: readonly Anomaly[]): string[] {
  if (anomalies.length === 0) return [];
  const kinds = [...Map.groupBy(anomalies, ({ kind }) => kind)].sort((a, b) => b[1].length - a[1].length);
  const lines = kinds.flatMap(([kind, list]) => [
    `  ${list.length} × ${kind.replaceAll('_', ' ')}`,
    ...list.slice(0, shown).map(({ where, message }) => `      ${oneLine(where)}: ${oneLine(message, 140)}`),
    ...(list.length > shown ? [`      and ${list.length - shown} more`] : []),
  ]);
  return ['', 'Noticed, and left as it is:', ...lines];
}
