import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '../cli/mmmc.mjs');

/** Median wall time of a whole `mmmc` command over some runs after one to warm the disk cache, seconds. */
export function medianOfCommand(argv: readonly string[], runs = 5): number {
  const times = Array.from({ length: runs + 1 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [launcher, ...argv], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`mmmc ${argv.join(' ')} ended with ${status}: ${stderr}`);
    return (performance.now() - start) / 1000;
  });
  return median(times.slice(1));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
