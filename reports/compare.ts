import { existsSync } from 'node:fs';
import { exitCodes, MmmcError } from '../harness/store/errors.ts';
import { nearestWord } from '../harness/store/yaml-file.ts';
import type { Compared } from '../metrics/comparison/compared.ts';
import { type ComparisonOptions, compareOn } from '../metrics/comparison/tables.ts';
import { verdict } from '../metrics/comparison/words.ts';
import type { PairComparison } from '../metrics/statistics/family.ts';
import { comparedIn, metricsOf, readEvidence } from './build.ts';

/** One method of a bundle, as somebody names it: `runs/one:code2video`, or the bundle alone where it has one method. */
interface Named {
  folder: string;
  method: string | null;
}

/** Two methods compared on one thing. */
export interface ComparedPair {
  label: string;
  unit: string;
  scale: number;
  sentence: string;
  /** Means over the topics that each has, and how many; without a comparison these are all there is. */
  methods: { label: string; mean: number | null; topics: number }[];
  pair: PairComparison | null;
}

/**
 * Compares two methods, of one bundle or of two of the same dataset and view, on everything that both were measured by;
 * `metric` keeps to one. Throws `usage` for names of nobody's and `not_comparable` where there is nothing in common.
 */
export async function compareMethods(a: string, b: string, metric?: string): Promise<ComparedPair[]> {
  const [first, second] = await Promise.all([openSide(a), openSide(b)]);
  const [one, other] = [first.config.dataset, second.config.dataset];
  if (one.name !== other.name || one.view !== other.view || first.config.protocol !== second.config.protocol)
    throw notComparable(
      `${a} was measured on ${one.name}@${one.view}, protocol ${first.config.protocol}; ${b} on ${other.name}@${other.view}, protocol ${second.config.protocol}`,
    );
  const shared = first.evidence.topics.filter(({ id }) =>
    second.evidence.topics.some((topic) => topic.id === id),
  );
  const pairs = first.compared
    .filter((compared) => metric === undefined || compared.metric === metric)
    .flatMap((compared) => {
      const same = second.compared.find(({ id }) => id === compared.id);
      return same === undefined ? [] : [joined(compared, first.method, same, second.method)];
    });
  if (shared.length === 0 || pairs.length === 0)
    throw notComparable(`${a} and ${b} have no ${shared.length === 0 ? 'topic' : 'metric'} in common`);
  return pairs.map((compared) => compare(compared, shared, first.config.comparison));
}

async function openSide(name: string) {
  const { folder, method } = named(name);
  const { config, evidence } = readEvidence(folder);
  const compared = comparedIn(await metricsOf(config), config, evidence);
  const ids = evidence.methods.map(({ id }) => id);
  const [only] = ids;
  if (method === null && ids.length === 1 && only !== undefined)
    return { config, evidence, compared, method: only };
  if (method !== null && ids.includes(method)) return { config, evidence, compared, method };
  const nearest = method === null ? undefined : nearestWord(method, ids);
  throw new MmmcError(
    'usage',
    method === null
      ? `${folder} has ${ids.length} methods: say which`
      : `${folder} has no method ${method}${nearest ? `, did you mean ${nearest}?` : ''}`,
    { exitCode: exitCodes.usage, hint: `Write one of ${ids.map((id) => `${folder}:${id}`).join(', ')}.` },
  );
}

function named(name: string): Named {
  if (existsSync(name)) return { folder: name, method: null };
  const at = name.lastIndexOf(':');
  return at < 0 ? { folder: name, method: null } : { folder: name.slice(0, at), method: name.slice(at + 1) };
}

/** The two methods alone; of equal names each is told by its side. */
function joined(one: Compared, first: string, other: Compared, second: string): Compared {
  const pick = (from: Compared, id: string, side: string) =>
    from.methods.filter((method) => method.id === id).map((method) => ({ ...method, id: `${side} ${id}` }));
  const both = [...pick(one, first, 'first'), ...pick(other, second, 'second')];
  const [a, b] = both;
  const alike = a?.label === b?.label;
  return {
    ...one,
    methods: both.map((method, i) => ({
      ...method,
      label: alike ? `${method.label} (${i === 0 ? 'first' : 'second'})` : method.label,
    })),
  };
}

function compare(
  compared: Compared,
  topics: readonly { id: string; cluster?: string | undefined }[],
  options: ComparisonOptions,
): ComparedPair {
  const methods = compared.methods.map(({ label, values, weights }) => {
    const known = topics.flatMap(({ id }) => {
      const arms = values.get(id) ?? null;
      return arms === null ? [] : [arms];
    });
    const arms = known[0]?.length ?? 0;
    const means = Float64Array.from(
      { length: arms },
      (_, i) => known.reduce((sum, own) => sum + (own[i] ?? 0), 0) / known.length,
    );
    const by = weights?.(means) ?? [1];
    const mean = known.length === 0 ? null : means.reduce((sum, value, i) => sum + value * (by[i] ?? 0), 0);
    return { label, mean, topics: known.length };
  });
  const evidence = { topics: topics.map(({ id, cluster }) => ({ id, title: '', category: '', cluster })) };
  const [pair = null] = compareOn(compared, evidence, options)?.pairs ?? [];
  const sentence =
    pair === null
      ? 'No claim: offline endpoints with prepared answers stand behind these figures.'
      : verdict(pair, compared, options);
  const { label, unit, scale } = compared;
  return { label, unit, scale, sentence, methods, pair };
}

function notComparable(message: string): MmmcError {
  return new MmmcError('not_comparable', message, {
    exitCode: exitCodes.usage,
    hint: 'Compare methods that were measured on the same view of the same dataset, by the same metrics.',
  });
}
