/**
 * Holm's adjusted p-values (1979), in the order given: each may be compared with the level itself, and the chance of any false claim in
 * the family stays below it.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const adjusted = [...ps];
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, (ps[i] ?? 1) * (ps.length - rank)));
    adjusted[i] = least;
  }
  return adjusted;
}
