import { decimal, text, whole } from '../columns.ts';
import { clustersOf, type Evidence } from '../evidence.ts';
import { compareAll, type FamilyOptions, type PairComparison, usualFamily } from '../statistics/family.ts';
import type { Figure, Table } from '../table.ts';
import type { Compared } from './compared.ts';
import { amount, interval, probability, verdict } from './words.ts';

/** How comparisons are made, as the config says. */
export interface ComparisonOptions {
  fewestClusters: number;
  mostMissing: number;
  /** Of the bootstrap. */
  draws?: number;
}
export const usualComparison: ComparisonOptions = usualFamily;

/** Compares real methods; what is scripted takes part in nothing. `null` with fewer than two. */
export function compareOn(
  compared: Compared,
  evidence: Pick<Evidence, 'topics'>,
  options: ComparisonOptions,
) {
  const methods = compared.methods.filter(({ scripted }) => !scripted);
  if (methods.length < 2) return null;
  const family: FamilyOptions = { ...usualFamily, ...options, range: compared.range };
  return compareAll(
    methods,
    evidence.topics.map(({ id }) => id),
    clustersOf(evidence.topics),
    family,
  );
}

/** Enough for a p of 0.01; the primary comparison has the usual ones. */
const secondaryDraws = 1999;

/** Ranking and pairs of each thing that methods are compared by; the first one is the primary family. */
export function comparisonTables(
  all: readonly Compared[],
  evidence: Evidence,
  options: ComparisonOptions = usualComparison,
): Table[] {
  return all.flatMap((compared, at) => {
    const draws = at === 0 ? usualFamily.draws : secondaryDraws;
    const found = compareOn(compared, evidence, { ...options, draws });
    if (found === null) return [];
    const role = at === 0 ? 'The primary comparison' : 'A secondary comparison, corrected within itself only';
    return [
      rankTable(compared, found, evidence, role),
      pairTable(compared, found.pairs, { ...options, draws }, role),
    ];
  });
}

type Found = NonNullable<ReturnType<typeof compareOn>>;

function rankTable(compared: Compared, { places, pairs }: Found, { topics }: Evidence, role: string): Table {
  const restrained = pairs.every(({ restraint }) => restraint !== null);
  const lower = compared.higherIsBetter ? '' : ' Less is better.';
  return {
    id: `ranking-${compared.id}`,
    title: `Ranking: ${compared.label}`,
    detail: restrained,
    caption: `${role}. Ranks that the comparisons of all pairs leave open, after Holm’s correction; methods that share a letter are not told apart.${lower}${restrained ? ' Nothing is claimed here: there are too few clusters of topics, or too many values are missing.' : ''}`,
    columns: [
      text('ranks', 'Rank'),
      text('letters', 'Group'),
      whole('topics', 'Topics', 'topics with a value'),
    ],
    rows: compared.methods.flatMap((method) => {
      const place = places.get(method.id);
      if (place === undefined) return [];
      // Ranks count from the most; where less is better they are turned.
      const count = places.size;
      const [first, last] = compared.higherIsBetter
        ? place.ranks
        : [count + 1 - place.ranks[1], count + 1 - place.ranks[0]];
      const known = topics.filter(({ id }) => method.values.get(id) != null).length;
      return [
        {
          ...{ methodId: method.id, label: method.label },
          figures: {
            ranks: { value: restrained ? null : first === last ? `${first}` : `${first}–${last}`, n: null },
            letters: { value: restrained ? null : place.letters, n: null },
            topics: { value: known, n: null },
          },
        },
      ];
    }),
  };
}

function pairTable(
  compared: Compared,
  pairs: readonly PairComparison[],
  options: ComparisonOptions,
  role: string,
): Table {
  return {
    id: `comparison-${compared.id}`,
    title: `Pairs: ${compared.label}`,
    detail: true,
    caption: `${role}. First minus second, paired by topic. Interval and p come from one studentised bootstrap over clusters of near-duplicate topics, ${options.draws?.toLocaleString('en-US')} draws; p is Holm’s over all pairs. Sign-flip assumes that a difference and its opposite are equally likely. Bounds are the differences if everything missing were worst or best for the first. Detectable is the smallest true difference that as many clusters show in 8 of 10 experiments.`,
    columns: [
      decimal('difference', 'Difference', `first minus second, ${compared.unit}`),
      text('interval', '95 % interval'),
      text('p', 'p (Holm)'),
      text('signFlip', 'p sign-flip', 'assumes exchangeability'),
      whole('topics', 'Topics', 'topics that both have a value of'),
      whole('clusters', 'Clusters', 'groups of near-duplicates among them'),
      text('missing', 'Missing', 'topics without a value: of the first, of the second'),
      text('bounds', 'Bounds'),
      text('detectable', 'Detectable'),
      text('verdict', 'In words'),
    ],
    rows: pairs.map((pair) => pairRow(pair, compared, options)),
  };
}

function pairRow(
  pair: PairComparison,
  compared: Compared,
  options: ComparisonOptions,
): Table['rows'][number] {
  const name = (id: string) => compared.methods.find((method) => method.id === id)?.label ?? id;
  const said = (value: string | number | null): Figure => ({ value, n: null });
  const { result } = pair;
  return {
    methodId: null,
    label: `${name(pair.first)} − ${name(pair.second)}`,
    figures: {
      difference: said(result === null ? null : result.mean * compared.scale),
      interval: said(interval(pair, compared)),
      p: said(probability(pair.adjustedP)),
      signFlip: said(probability(pair.signFlipP)),
      topics: said(pair.topics),
      clusters: said(result?.clusters ?? 0),
      missing: said(`${pair.missing.first}, ${pair.missing.second}`),
      bounds: said(pair.bounds.map((end) => amount(end, compared)).join(' to ')),
      detectable: said(pair.detectable === null ? null : amount(pair.detectable, compared)),
      verdict: said(verdict(pair, compared, options)),
    },
  };
}
