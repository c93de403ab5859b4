import type { Evidence } from '../evidence.ts';

/** The evidence of each protocol that was measured, strict first: options in the file's order are the paper's, shuffled ones strict's. */
export function protocolParts(evidence: Evidence): Evidence[] {
  if (evidence.protocol !== 'both') return [evidence];
  const rest = evidence.measurements.filter(({ metric }) => metric !== 'teachquiz');
  return ['strict', 'paper'].map((protocol) => ({
    ...evidence,
    protocol,
    measurements: [
      ...rest,
      ...evidence.measurements.filter(
        ({ metric, arm, order }) =>
          metric === 'teachquiz' &&
          (arm !== 'forgetting' && order === 'file' ? 'paper' : 'strict') === protocol,
      ),
    ],
  }));
}
