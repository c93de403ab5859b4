import { appendFileSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildResults } from '../../reports/build.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { checkBundle } from './check.ts';

/** One bundle of every schema version that ever was: readers accept them all. */
const versions = ['bundle-v1'];

test.each(versions)('%s is read, found sound, and makes a report', async (version) => {
  using folder = temporaryFolder();
  cpSync(join(import.meta.dirname, 'fixtures', version), folder.path, { recursive: true });
  const { problems, facts } = await checkBundle(folder.path);
  expect(problems).toEqual([]);
  expect(facts).toMatchObject({ jobs: 4, ended: 4, resumable: 0 });
  const results = await buildResults(folder.path);
  expect(results.cells).toHaveLength(1);
  expect(results.cells[0]).toMatchObject({ status: 'method_failed', video: null });
  expect(results.measurements.flatMap((m) => m.answers).length).toBe(20);
  expect(results.tables.map((table) => table.id)).toEqual([
    'teachquiz',
    'teachquiz-arms',
    'teachquiz-flips',
    'teachquiz-cues',
    'teachquiz-letters',
    'teachquiz-items',
    'efficiency',
    'efficiency-per-video',
    'spending',
    'evaluation-spending',
    'funnel',
    'causes',
    'flags',
  ]);
});

test('a film that was rendered and is not among the files of its cell is missed', async () => {
  using folder = temporaryFolder();
  cpSync(join(import.meta.dirname, 'fixtures/bundle-v1'), folder.path, { recursive: true });
  const [name = ''] = readdirSync(join(folder.path, 'journal'));
  const journal = join(folder.path, 'journal', name);
  const render = readFileSync(journal, 'utf8')
    .split('\n')
    .find((line) => line.includes('"type":"render"'));
  const lost = '"artifacts":[{"path":"cells/lost.mp4","sha256":"0","bytes":1}]';
  appendFileSync(journal, `${render?.replace(/"artifacts":\[[^\]]*\]/, lost)}\n`);
  const { problems } = await checkBundle(folder.path);
  expect(problems).toEqual(['cells/lost.mp4 was rendered, and was not there when its cell ended']);
});
