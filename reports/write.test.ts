import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixtureResults } from './fixture.ts';
import { parseJson } from './json.ts';
import { writeReport } from './write.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mmmc-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a report is four files and nothing is left beside them', async () => {
  const files = await writeReport(fixtureResults(), folder);
  await writeReport(fixtureResults('some'), folder);
  expect((await readdir(join(folder, 'report'))).sort()).toEqual([
    'index.html',
    'report.md',
    'results.csv',
    'results.json',
  ]);
  expect(await readFile(files.html, 'utf8')).not.toContain('Scripted demonstration');
});

test('results.json has snake_case keys and reads back as the same results', async () => {
  const results = fixtureResults();
  const { json } = await writeReport(results, folder);
  const text = await readFile(json, 'utf8');
  expect(text).toContain('"schema_version": 1');
  expect(text).not.toMatch(/"(topicId|costUsd|byPurpose)"/);
  expect(parseJson(text)).toEqual(results);
});

test('a folder that cannot be written is said so, with the exit code for it', async () => {
  await writeFile(join(folder, 'report'), 'a file stands where the folder should be');
  await expect(writeReport(fixtureResults(), folder)).rejects.toMatchObject({
    code: 'bundle_unwritable',
    exitCode: 5,
  });
});
