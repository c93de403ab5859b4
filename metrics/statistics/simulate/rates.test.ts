import { expect, test } from 'vitest';
import { rates } from './rates.ts';
import { scenarios } from './scenarios.ts';

/** The short form of `npm run simulate`: with 1,000 experiments a true 5 % comes out between 3.7 % and 6.4 % in 95 of 100 runs. */
test.each(scenarios.map(({ name, truth }) => ({ name, truth })))(
  'with 90 clusters, $name: tests and intervals are wrong about as often as they say',
  ({ name, truth }) => {
    const found = rates({ scenario: name, clusters: 90, experiments: 1000, draws: 399, seed: 4 });
    expect(found.covered).toBeGreaterThan(0.93);
    expect(found.covered).toBeLessThan(0.97);
    if (truth === 0) expect(found.rejected).toBeLessThan(0.07);
    else expect(found.rejected).toBeGreaterThan(0.5);
  },
);
