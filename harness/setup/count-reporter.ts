import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What one run of vitest came to. A file that did not load and an error outside any test are failures too. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Writes the counts of a run as JSON to the file named by `MMMC_COUNTS`, for `test.mjs` to add up. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env.MMMC_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(countTests(modules, errors.length)));
  }
}

function countTests(modules: readonly TestModule[], errors: number): Counts {
  const counts = { passed: 0, failed: errors, skipped: 0 };
  for (const module of modules) {
    counts.failed += module.errors().length;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'passed' || state === 'failed' ? state : 'skipped'] += 1;
    }
  }
  return counts;
}
