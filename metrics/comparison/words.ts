import type { PairComparison, Restraint } from '../statistics/family.ts';
import type { Compared } from './compared.ts';

/** A value of a comparison as it is printed. */
export function amount(value: number | null, { scale }: Pick<Compared, 'scale'>): string {
  if (value === null) return 'unknown';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  const text = Math.abs(value * scale).toFixed(1);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

export const interval = (pair: PairComparison, compared: Compared) =>
  pair.result === null
    ? null
    : `${amount(pair.result.low, compared)} to ${amount(pair.result.high, compared)}`;

export function probability(p: number | null): string | null {
  if (p === null) return null;
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

const restraints: Readonly<Record<Restraint, (pair: PairComparison, limits: Limits) => string>> = {
  too_few_clusters: (pair, { fewestClusters }) =>
    `${pair.result?.clusters ?? 0} clusters of topics are fewer than ${fewestClusters}`,
  too_many_missing: (pair, { mostMissing }) =>
    `values of ${Math.max(pair.missing.first, pair.missing.second)} topics are missing, more than ${Math.round(100 * mostMissing)} %`,
};

interface Limits {
  fewestClusters: number;
  mostMissing: number;
}

/** One sentence that a person understands: which is better and by how much, or why nothing is claimed. */
export function verdict(pair: PairComparison, compared: Compared, limits: Limits): string {
  const name = (id: string) => compared.methods.find((method) => method.id === id)?.label ?? id;
  const { result, restraint } = pair;
  if (result === null)
    return `No claim: ${name(pair.first)} and ${name(pair.second)} have too few topics in common.`;
  const [more, other] = result.mean >= 0 ? [pair.first, pair.second] : [pair.second, pair.first];
  const turned = result.mean >= 0 ? 1 : -1;
  const ends = [result.low * turned, result.high * turned].sort((a, b) => a - b);
  const between = ends.map((end) => amount(end, compared)).join(' to ');
  const difference = `${amount(Math.abs(result.mean), compared)} ${compared.unit}`;
  const behind = `95 % interval ${between}, ${pair.topics} topics in ${result.clusters} clusters, p = ${probability(pair.adjustedP)}`;
  if (restraint !== null)
    return `No claim: ${restraints[restraint](pair, limits)}. ${name(more)} has ${difference} more than ${name(other)} (${behind}).`;
  if (pair.better === null)
    return `${name(pair.first)} and ${name(pair.second)} are not told apart: ${name(more)} has ${difference} more (${behind}).`;
  const word = compared.higherIsBetter ? 'better' : 'worse';
  return `${name(more)} has ${difference} more than ${name(other)} and is ${word} (${behind}).`.replace(
    'p = <',
    'p <',
  );
}
