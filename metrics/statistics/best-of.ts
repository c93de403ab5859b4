import type { Weights } from './clusters.ts';

/**
 * The arm with the least mean. With the differences between the video arm and each control as arms this is the honest gain of TeachQuiz: video
 * less the control with the highest mean over all topics together, never one for each topic.
 */
export const leastOf: Weights = (means) => {
  const by = new Float64Array(means.length);
  let least = 0;
  for (let at = 1; at < means.length; at++) if ((means[at] ?? 0) < (means[least] ?? 0)) least = at;
  if (means.length > 0) by[least] = 1;
  return by;
};
