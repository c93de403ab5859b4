/** A method's place among others, by comparisons of all pairs. */
export interface Place {
  /** Best and worst rank that the comparisons leave open; 1 is the best. */
  ranks: [number, number];
  /** Methods that share a letter are not told apart. */
  letters: string;
}

/**
 * Rank intervals and a compact letter display (Piepho 2004, by insertion and absorption). `means` of the methods, best last or first as
 * they come; `differs(i, j)` says whether the comparison of two methods tells them apart.
 */
export function places(means: readonly number[], differs: (i: number, j: number) => boolean): Place[] {
  const all = means.map((_, i) => i);
  const mean = (i: number) => means[i] ?? 0;
  const letters = letterGroups(all, differs);
  const best = (group: readonly number[]) => Math.max(...group.map(mean));
  const named = letters.toSorted((a, b) => best(b) - best(a) || Math.min(...a) - Math.min(...b));
  return all.map((i) => {
    const told = all.filter((j) => j !== i && differs(i, j));
    const better = told.filter((j) => mean(j) > mean(i)).length;
    return {
      ranks: [1 + better, means.length - (told.length - better)],
      letters: named.flatMap((group, at) => (group.includes(i) ? letter(at) : [])).join(''),
    };
  });
}

/** a, b, … z, a1, b1, … */
const letter = (at: number) =>
  String.fromCharCode(97 + (at % 26)) + (at < 26 ? '' : String(Math.floor(at / 26)));

/** The largest groups of methods within which no two are told apart. */
function letterGroups(all: readonly number[], differs: (i: number, j: number) => boolean): number[][] {
  let groups: number[][] = [[...all]];
  for (const i of all)
    for (const j of all.slice(i + 1)) {
      if (!differs(i, j)) continue;
      const split = groups.flatMap((group) =>
        group.includes(i) && group.includes(j)
          ? [group.filter((k) => k !== i), group.filter((k) => k !== j)]
          : [group],
      );
      groups = absorbed(split);
    }
  return groups;
}

/** Without groups that lie within another one. */
function absorbed(groups: readonly number[][]): number[][] {
  const within = (small: number[], large: number[]) => small.every((k) => large.includes(k));
  return groups.filter(
    (group, at) =>
      !groups.some((other, i) => i !== at && within(group, other) && (other.length > group.length || i < at)),
  );
}
