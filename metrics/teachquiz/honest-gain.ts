import { mean, overRepeats } from '../means.ts';
import { leastOf } from '../statistics/best-of.ts';
import { type BootstrapT, bootstrapT } from '../statistics/bootstrap-t.ts';
import { type Arm, armNames, isControl } from './arms.ts';
import type { CellScore } from './cell-scores.ts';

export interface HonestGain {
  /** The control arm with the highest mean over all topics, and that mean over the topics below. */
  control: Arm;
  controlAccuracy: number;
  /** Video minus that control, in [-1, 1]. */
  gain: number;
  /** Share of what could still be gained; `null` where the control is at 100 %. */
  normalised: number | null;
  /** Topics of which every control is known. */
  topics: number;
  /** `null` with fewer than two clusters. */
  interval: BootstrapT | null;
}

/** The control arms that scores know. */
export const controlsOf = (scores: readonly CellScore[]): Arm[] =>
  armNames.filter((arm) => isControl(arm) && scores.some(({ gains }) => gains.has(arm)));

/** By topic, video minus each of the controls, repeats averaged; `null` where one of them is not known. */
export function controlGains(
  scores: readonly CellScore[],
  controls: readonly Arm[],
): Map<string, readonly number[] | null> {
  const byArm = controls.map((arm) => overRepeats(scores, ({ gains }) => gains.get(arm) ?? null));
  const topics = new Set(scores.map(({ cell }) => cell.topicId));
  return new Map(
    [...topics].map((topic) => {
      const values = byArm.flatMap((gains) => gains.get(topic) ?? []);
      return [topic, values.length === controls.length ? values : null];
    }),
  );
}

/**
 * Video minus the best control, over all topics of one method and student (DESIGN 9); `null` where nothing is known. Without
 * `withInterval` there is none: it takes 10,000 draws.
 */
export function honestGain(
  scores: readonly CellScore[],
  clusterOf: (topic: string) => string,
  withInterval = true,
): HonestGain | null {
  const controls = controlsOf(scores);
  const known = [...controlGains(scores, controls)].flatMap(([topic, values]) =>
    values === null ? [] : [{ topic, cluster: clusterOf(topic), values }],
  );
  const means = Float64Array.from(controls, (_, i) => mean(known.map(({ values }) => values[i] ?? 0)) ?? 0);
  const best = controls[Array.from(leastOf(means)).indexOf(1)];
  if (best === undefined || known.length === 0) return null;
  const of = overRepeats(scores, ({ arms }) => arms.get(best) ?? arms.get('no_video') ?? null);
  const controlAccuracy = mean(known.flatMap(({ topic }) => of.get(topic) ?? [])) ?? 0;
  const gain = Math.min(...means);
  return {
    ...{ control: best, controlAccuracy, gain, topics: known.length },
    normalised: controlAccuracy >= 1 ? null : gain / (1 - controlAccuracy),
    interval: withInterval ? bootstrapT(known, undefined, leastOf) : null,
  };
}
