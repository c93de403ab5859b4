import { readFileSync } from 'node:fs';
import { resourceLimits } from './limits.ts';
import type { SandboxLimits } from './port.ts';

/** Handed over as text: the clone may lie where the job's user cannot read. */
const source = readFileSync(new URL('stub.py', import.meta.url), 'utf8');

/** Arguments after `python3` that set the limits and then become the program. */
export function stubArguments(
  failureFd: number,
  limits: SandboxLimits,
  argv: readonly string[],
  without: readonly string[] = [],
): string[] {
  const pairs = Object.entries(resourceLimits(limits)).filter(([name]) => !without.includes(name));
  const text = pairs.map(([name, value]) => `${name}=${Math.floor(value)}`).join(',');
  return ['-I', '-S', '-c', source, String(failureFd), text, ...argv];
}
