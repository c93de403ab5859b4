/** One prerequisite as `mmmc doctor` shows it. */
export interface Diagnosis {
  name: string;
  /** `missing` stops rendering; `optional` is missing too, but only tests or comparisons miss it. */
  state: 'good' | 'missing' | 'optional';
  /** Version or size when good, else what is wrong. */
  found: string;
  /** The command that mends it; empty when there is nothing to mend. */
  mend: string;
}

/** A diagnosis from what was found, or from a problem and its remedy. */
export function diagnose(
  name: string,
  result: { found: string } | { problem: string; mend: string; optional?: boolean },
): Diagnosis {
  if ('found' in result) return { name, state: 'good', found: result.found, mend: '' };
  const state = result.optional === true ? 'optional' : 'missing';
  return { name, state, found: result.problem, mend: result.mend };
}
