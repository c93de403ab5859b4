import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { writeStored } from '../../../datasets/stored.ts';
import { dataset, topic } from '../../../datasets/topics.fixture.ts';
import { testFolder } from '../../testing/folder.ts';
import { handler as exportDataset } from './dataset-export.ts';
import { handler as importDataset } from './dataset-import.ts';
import { handler as showDatasets } from './dataset-show.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A cache with one dataset, `test`, and the folder that this lies in. */
async function cacheWithOne(): Promise<string> {
  const cache = testFolder();
  vi.stubEnv('MMMC_CACHE', cache);
  const folder = join(cache, 'datasets', 'test');
  await writeStored(dataset([topic('One')]), folder);
  return folder;
}

function written(stream: 'stdout' | 'stderr'): string[] {
  const lines: string[] = [];
  vi.spyOn(process[stream], 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  return lines;
}

test('a broken dataset is told, and the others are listed, as one JSON object', async () => {
  const folder = await cacheWithOne();
  mkdirSync(join(folder, '../broken'));
  writeFileSync(join(folder, '../broken/dataset.json'), '{');
  const [out, told] = [written('stdout'), written('stderr')];
  expect(await showDatasets({ quiz: false, ids: false, schema: false, json: true, seed: 1 })).toBe(0);
  const { datasets } = JSON.parse(out.join(''));
  expect(datasets.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['mini', 'test']),
  );
  expect(told.join('')).toContain('broken/dataset.json is not the dataset.json of a dataset');
});

test('a dataset is not written over by its own export, nor by an edit unless --out says so', async () => {
  const folder = await cacheWithOne();
  const csv = join(testFolder(), 'quiz.csv');
  const before = readFileSync(join(folder, 'dataset.json'), 'utf8');
  written('stderr');
  written('stdout');
  await expect(exportDataset({ dataset: 'test', out: folder, seed: 1 })).rejects.toThrow(
    /is the dataset itself/,
  );
  await exportDataset({ dataset: 'test', csv, seed: 1 });
  const edit = { csv, base: 'test', lenient: false, json: true };
  await expect(importDataset(edit)).rejects.toThrow(/is the dataset that was edited/);
  expect(readFileSync(join(folder, 'dataset.json'), 'utf8')).toBe(before);
  expect(await importDataset({ ...edit, out: folder })).toBe(0);
});
