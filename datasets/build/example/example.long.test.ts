import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBuildingShelf } from '../../../harness/models/offline/building.ts';
import { exitCodes } from '../../../harness/store/errors.ts';
import { temporaryFolder } from '../../../harness/testing/folder.ts';
import { runBots } from '../../audit/bots.ts';
import { readStored } from '../../stored.ts';
import { buildDataset } from '../build.ts';
import { loadBuildConfig } from '../config.ts';
import { makeExampleVideos } from './make.ts';

const file = join(import.meta.dirname, '../../../configs/datasets/example.yaml');
const watcher = { opened: () => {}, noted: () => {} };

it('the example builds: each planned mistake is refused for what it is, and nothing else is', async () => {
  using folder = temporaryFolder();
  const videos = join(folder.path, 'videos');
  await makeExampleVideos(videos);
  const config = loadBuildConfig(file, [`catalogue.path=${videos}`]);
  const options = { folder: join(folder.path, 'bundle'), unsafeLocal: false };
  const built = await buildDataset(config, options, watcher);
  expect(built).toMatchObject({ exitCode: exitCodes.done, left: 0 });

  const units = (await openBuildingShelf().all()).flatMap((video) => video.units);
  const drafts = units.flatMap(({ rounds }) => rounds.flat());
  const planned: Record<string, number> = {};
  for (const { planned: kind } of drafts) if (kind !== undefined) planned[kind] = (planned[kind] ?? 0) + 1;
  const stage = (name: string) => built.funnel.find((count) => count.stage === name);
  expect(stage('filter')?.dropped).toEqual({ not_instructional: 2, unreadable_video: 1 });
  expect(stage('topic')).toMatchObject({ in: units.length, out: units.length, notes: { asked_again: 3 } });
  expect(stage('quiz')).toMatchObject({ in: drafts.length, dropped: planned });

  const questions = readStored(built.dataset ?? '').topics.flatMap((topic) => topic.quiz);
  expect(questions.length).toBe(3 * units.length - 1);
  for (const { name, accuracy } of runBots(questions)) expect(accuracy, name).toBeLessThanOrEqual(0.35);
  expect((await buildDataset(config, options, watcher)).funnel).toEqual(built.funnel);
}, 400_000);
