import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pythonFolder } from '../../harness/setup/paths.mjs';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { interval, krippendorffAlpha, nominal, ordinal, weightedKappa } from './agreement.ts';
import { benjaminiYekutieli } from './alt-test.ts';
import { firstArm } from './bootstrap-t.ts';
import { clusteredMean, clusterSums } from './clusters.ts';
import { midRanks, pearson, spearman } from './correlation.ts';
import { holm } from './holm.ts';
import { minimumDetectableEffect } from './power.ts';
import { Random } from './random.ts';
import { signFlipP } from './sign-flip.ts';
import { wilsonInterval } from './wilson.ts';

const random = new Random(7);
const values = Array.from({ length: 60 }, () => Math.round(random.unit() * 20) / 5 - 1.5);
const clusters = values.map((_, i) => `c${(i * i) % 17}`);
const pairs = Array.from({ length: 40 }, () => {
  const first = 1 + random.index(5);
  return [first, Math.min(5, Math.max(1, first + random.index(3) - 1))] as const;
});
const units = Array.from({ length: 25 }, (_, i) =>
  Array.from({ length: 1 + random.index(4) }, () => 1 + ((i + random.index(3)) % 5)),
);
const sums = [1.5, -0.25, 2, 0.75, 3.5, -1, 0.5, 2.25, 1];
const ps = [0.001, 0.04, 0.03, 0.012, 0.6, 0.0004, 0.2];
const given = { values, clusters, sums, ps, q: 0.05, pairs, units, successes: 17, n: 45 };

const number = z.number();
const referenceSchema = z.object({
  clustered: z.object({ mean: number, se: number }),
  sign_flip: number,
  holm: z.array(number),
  yekutieli: z.array(z.boolean()),
  kappa_nominal: number,
  kappa_linear: number,
  kappa_quadratic: number,
  alpha: z.record(z.enum(['nominal', 'ordinal', 'interval']), number),
  pearson: z.object({ r: number, low: number, high: number }),
  spearman: number,
  wilson: z.array(number),
  power: number,
  ranks: z.array(number),
});

describe.skipIf(!requirePrerequisite('statistics'))('scipy, statsmodels and krippendorff agree on', () => {
  const df = 39;
  const effect = minimumDetectableEffect(1 / Math.sqrt(df + 1), df + 1) ?? 0;
  const ended = spawnSync(
    join(pythonFolder('statistics'), 'bin/python'),
    [join(import.meta.dirname, 'reference.py')],
    { input: JSON.stringify({ ...given, effect, df }), encoding: 'utf8' },
  );
  expect(ended.stderr).toBe('');
  const reference = referenceSchema.parse(JSON.parse(ended.stdout));

  test('a mean and its cluster-robust standard error', () => {
    const own = clusteredMean(
      clusterSums(values.map((value, i) => ({ values: [value], cluster: clusters[i] ?? '' }))),
      firstArm,
    );
    expect(own?.mean).toBeCloseTo(reference.clustered.mean, 12);
    expect(own?.se).toBeCloseTo(reference.clustered.se, 12);
  });

  test('the sign-flip test, all assignments counted', () => {
    const own = signFlipP(
      sums.map((value, i) => ({ values: [value], cluster: `${i}` })),
      { draws: 0, seed: 0 },
    );
    expect(own).toBeCloseTo(reference.sign_flip, 12);
  });

  test('Holm’s adjusted p-values and Benjamini and Yekutieli’s rejections', () => {
    for (const [i, p] of holm(ps).entries()) expect(p).toBeCloseTo(reference.holm[i] ?? -1, 12);
    expect(benjaminiYekutieli(ps, 0.05)).toEqual(reference.yekutieli);
  });

  test('kappa: plain, linear, quadratic', () => {
    expect(weightedKappa(pairs, nominal)).toBeCloseTo(reference.kappa_nominal, 12);
    expect(weightedKappa(pairs, (a, b) => Math.abs(a - b))).toBeCloseTo(reference.kappa_linear, 12);
    expect(weightedKappa(pairs, interval)).toBeCloseTo(reference.kappa_quadratic, 12);
  });

  test('Krippendorff’s alpha: nominal, ordinal, interval, with values missing', () => {
    expect(krippendorffAlpha(units, nominal)).toBeCloseTo(reference.alpha.nominal, 10);
    expect(krippendorffAlpha(units, ordinal(units))).toBeCloseTo(reference.alpha.ordinal, 10);
    expect(krippendorffAlpha(units, interval)).toBeCloseTo(reference.alpha.interval, 10);
  });

  test('Pearson’s r with its interval, Spearman’s rho, mid-ranks', () => {
    const own = pearson(pairs);
    expect(own?.r).toBeCloseTo(reference.pearson.r, 12);
    expect(own?.low).toBeCloseTo(reference.pearson.low, 6);
    expect(own?.high).toBeCloseTo(reference.pearson.high, 6);
    expect(spearman(pairs)?.r).toBeCloseTo(reference.spearman, 12);
    expect(midRanks(values)).toEqual(reference.ranks);
  });

  test('the Wilson interval', () => {
    const own = wilsonInterval(given.successes, given.n);
    expect(own?.low).toBeCloseTo(reference.wilson[0] ?? -1, 8);
    expect(own?.high).toBeCloseTo(reference.wilson[1] ?? -1, 8);
  });

  test('the minimum detectable effect: a t-test finds it with the power asked for', () => {
    expect(reference.power).toBeGreaterThan(0.79);
    expect(reference.power).toBeLessThan(0.81);
  });
});
