import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStored, writeStored } from '../../datasets/stored.ts';
import { dataset, topic } from '../../datasets/topics.fixture.ts';
import type { Measured } from './bench.ts';
import { median } from './repeat.ts';

/** Loading a stored dataset of the paper's size: 456 units with ten questions each. */
export async function bench(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  try {
    const stems = Array.from(
      { length: 10 },
      (_, i) => `Question number ${i}, of the usual length for a quiz?`,
    );
    const topics = Array.from({ length: 456 }, (_, i) => topic(`Topic number ${i}`, stems));
    await writeStored(dataset(topics), folder);
    const times = Array.from({ length: 10 }, () => {
      const start = performance.now();
      readStored(folder);
      return performance.now() - start;
    });
    return [{ what: 'load 456 topics with 4,560 questions', value: median(times), unit: 'ms', bar: 100 }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
