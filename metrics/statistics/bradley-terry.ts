import { Random } from './random.ts';

/** One comparison of two, by their places: 1 where the first was preferred, 0 the second, 0.5 a tie. */
export interface Duel {
  first: number;
  second: number;
  won: number;
  /** Group of near-duplicate topics. */
  cluster: string;
}

/** Strengths on the scale of log odds, their mean 0, with 95 % intervals over clusters. */
export interface Strength {
  strength: number;
  low: number;
  high: number;
}

/** A tie of so much weight between every two: keeps one that always wins from being infinitely strong. */
const prior = 0.1;
const rounds = 200;

/**
 * Bradley and Terry's model (1952), ties as half a win for each, fitted by Hunter's minorisation (2004); intervals are percentiles over clusters
 * drawn with all their comparisons. Empty without comparisons.
 */
export function bradleyTerry(
  duels: readonly Duel[],
  players: number,
  { draws = 500, seed = 20_251_001 }: { draws?: number; seed?: number } = {},
): Strength[] {
  if (duels.length === 0 || players < 2) return [];
  const groups = [...Map.groupBy(duels, ({ cluster }) => cluster).values()].map((own) => wins(own, players));
  const fitted = strengthsOf(total(groups, players), players);
  const random = new Random(seed);
  const drawn = Array.from({ length: draws }, () =>
    strengthsOf(
      total(
        groups.map(() => groups[random.index(groups.length)] ?? new Float64Array()),
        players,
      ),
      players,
    ),
  );
  return fitted.map((strength, i) => {
    const sorted = drawn.map((one) => one[i] ?? 0).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(draws - 1, Math.floor(share * draws))] ?? strength;
    return { strength, low: at(0.025), high: at(0.975) };
  });
}

/** wins[i * players + j]: how often i was preferred to j. */
function wins(duels: readonly Duel[], players: number): Float64Array {
  const count = new Float64Array(players * players);
  for (const { first, second, won } of duels) {
    count[first * players + second] = (count[first * players + second] ?? 0) + won;
    count[second * players + first] = (count[second * players + first] ?? 0) + 1 - won;
  }
  return count;
}

function total(groups: readonly Float64Array[], players: number): Float64Array {
  const sum = new Float64Array(players * players);
  for (const group of groups) for (const [i, value] of group.entries()) sum[i] = (sum[i] ?? 0) + value;
  for (let i = 0; i < players; i++)
    for (let j = 0; j < players; j++)
      if (i !== j) sum[i * players + j] = (sum[i * players + j] ?? 0) + prior / 2;
  return sum;
}

function strengthsOf(count: Float64Array, players: number): number[] {
  const all = Array.from({ length: players }, (_, i) => i);
  const won = all.map((i) => all.reduce((sum, j) => sum + (i === j ? 0 : (count[i * players + j] ?? 0)), 0));
  let strengths = all.map(() => 1);
  for (let round = 0; round < rounds; round++) {
    const now = strengths;
    strengths = all.map((i) => {
      const met = all.reduce((sum, j) => {
        const games = (count[i * players + j] ?? 0) + (count[j * players + i] ?? 0);
        return i === j ? sum : sum + games / ((now[i] ?? 1) + (now[j] ?? 1));
      }, 0);
      return met === 0 ? 1 : (won[i] ?? 0) / met;
    });
    const scale = Math.exp(strengths.reduce((sum, one) => sum + Math.log(one), 0) / players);
    strengths = strengths.map((one) => one / scale);
    if (strengths.every((one, i) => Math.abs(one - (now[i] ?? 0)) < 1e-9 * one)) break;
  }
  return strengths.map(Math.log);
}
