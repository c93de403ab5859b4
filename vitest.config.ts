import { defineConfig } from 'vitest/config';
import { cacheFolder } from './harness/setup/paths.mjs';

const heavy = ['**/*.heavy.test.ts', 'harness/e2e/**/*.e2e.test.ts'];
const long = ['**/*.long.test.ts'];
const never = ['**/node_modules/**', 'runs/**'];
const withLong = process.env.MMMC_LONG === '1';

const shared = {
  // One process per file: a thread that ends would take its sandboxes along (die-with-parent).
  pool: 'forks' as const,
  setupFiles: ['./harness/setup/no-network.ts'],
  // Tests may change HOME; the Python venv stays where set-up put it.
  env: { MMMC_CACHE: cacheFolder() },
};

export default defineConfig({
  test: {
    reporters: ['default', './harness/setup/count-reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'light',
          include: ['**/*.test.ts'],
          exclude: [...never, ...heavy, ...long],
          testTimeout: 20_000,
          hookTimeout: 20_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Sandbox, Manim, Chromium, kills: one file at a time, after the others.
        test: {
          ...shared,
          name: 'heavy',
          include: withLong ? [...heavy, ...long] : heavy,
          exclude: withLong ? never : [...never, ...long],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
