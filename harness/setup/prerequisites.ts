import { messageOf } from '../store/errors.ts';
import {
  type Probe,
  probeChromium,
  probeManim,
  probeOfficialData,
  probeSandbox,
  probeStatistics,
} from './probe.ts';

const probes = {
  sandbox: probeSandbox,
  manim: probeManim,
  chromium: probeChromium,
  statistics: probeStatistics,
  'official-data': probeOfficialData,
} satisfies Record<string, Probe>;

export type Prerequisite = keyof typeof probes;

const reasons = new Map<Prerequisite, string>();

/**
 * For tests: whether something they need is there. Missing in continuous integration (`CI` or `MMMC_STRICT`
 * set) it throws, so that the file fails; elsewhere it says so on stderr and the test can skip.
 *
 * @example describe.skipIf(!requirePrerequisite('sandbox'))('the sandbox', () => { ... })
 */
export function requirePrerequisite(name: Prerequisite): boolean {
  const reason = reasons.get(name) ?? probe(name);
  reasons.set(name, reason);
  if (reason === '') return true;
  if (isStrict()) throw new Error(`these tests need ${name}, which is missing here: ${reason}`);
  process.stderr.write(`SKIPPED for lack of ${name}: ${reason}\n`);
  return false;
}

/** Whether a missing prerequisite is a failure. */
export function isStrict(environment: NodeJS.ProcessEnv = process.env): boolean {
  return [environment.CI, environment.MMMC_STRICT].some((value) => value && !/^(0|false)$/i.test(value));
}

function probe(name: Prerequisite): string {
  try {
    return probes[name]();
  } catch (error) {
    return messageOf(error);
  }
}
