import { bootstrapT } from '../bootstrap-t.ts';
import { Random } from '../random.ts';
import { signFlipP } from '../sign-flip.ts';
import { wilsonInterval } from '../wilson.ts';
import { experiment, scenarios } from './scenarios.ts';

export interface Settings {
  scenario: string;
  clusters: number;
  experiments: number;
  /** Resamples in each experiment. */
  draws: number;
  seed: number;
}

/** How often a nominal 5 % test and a 95 % interval were wrong. */
export interface Rates extends Settings {
  /** Share of experiments in which 0 was ruled out. */
  rejected: number;
  /** The same of the sign-flip test. */
  signFlip: number;
  /** Share of intervals that hold the truth. */
  covered: number;
  /** Upper 95 % bound (one-sided, Wilson) of `rejected`, and lower one of `covered`. */
  rejectedAtMost: number;
  coveredAtLeast: number;
  truth: number;
}

/** Repeats an experiment with a known truth and counts. Throws when there is no such scenario. */
export function rates(settings: Settings): Rates {
  const scenario = scenarios.find(({ name }) => name === settings.scenario);
  if (!scenario) throw new Error(`no scenario ${settings.scenario}`);
  const { experiments, clusters, draws, seed } = settings;
  const random = new Random(seed);
  let [rejected, signFlip, covered] = [0, 0, 0];
  for (let i = 0; i < experiments; i++) {
    const differences = experiment(scenario, clusters, random);
    const options = { draws, seed: seed + i, level: 0.95 };
    const result = bootstrapT(differences, options);
    if (result === null) continue;
    if (result.p <= 0.05) rejected++;
    if (result.low <= scenario.truth && scenario.truth <= result.high) covered++;
    if ((signFlipP(differences, options) ?? 1) <= 0.05) signFlip++;
  }
  const share = (count: number) => count / experiments;
  // A two-sided 90 % interval ends at the one-sided 95 % bounds.
  const bounds = (count: number) => wilsonInterval(count, experiments, 0.9) ?? { low: 0, high: 1 };
  return {
    ...settings,
    truth: scenario.truth,
    rejected: share(rejected),
    signFlip: share(signFlip),
    covered: share(covered),
    rejectedAtMost: bounds(rejected).high,
    coveredAtLeast: bounds(covered).low,
  };
}
