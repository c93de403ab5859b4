import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { makeExampleVideos } from '../../datasets/build/example/make.ts';
import { refusals } from '../../datasets/build/types.ts';
import { loadDataset } from '../../datasets/load.ts';
import { openBuildingShelf } from '../models/offline/building.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { checkBundle } from '../store/check.ts';
import { sha256File } from '../store/hash.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc, project, startMmmc } from './mmmc.ts';

/** The example dataset, as `npm run example:dataset` builds it, killed once on the way. */
const ready = requirePrerequisite('sandbox');
const folder = temporaryFolder();
const run = join(folder.path, 'example');
const data = join(run, 'dataset');
let built: Ended;

const command = [
  'dataset',
  'build',
  join(project, 'configs/datasets/example.yaml'),
  '--runs',
  folder.path,
  '--set',
  `catalogue.path=${join(folder.path, 'videos')}`,
];

/** Lines of the journal so far. */
function events(): number {
  const journal = join(run, 'journal');
  if (!existsSync(journal)) return 0;
  const lines = readdirSync(journal).map(
    (name) => readFileSync(join(journal, name), 'utf8').split('\n').length,
  );
  return lines.reduce((a, b) => a + b, 0);
}

beforeAll(async () => {
  if (!ready) return;
  await makeExampleVideos(join(folder.path, 'videos'));
  const { child, ended } = startMmmc(command);
  while (events() < 120 && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  built = await mmmc(command);
}, 300_000);
afterAll(() => folder[Symbol.dispose]());

const funnelSchema = z.object({
  stages: z.array(
    z.object({
      stage: z.string(),
      in: z.number(),
      out: z.number(),
      dropped: z.record(z.string(), z.number()),
    }),
  ),
});

describe.skipIf(!ready)('the example dataset, killed and built on', () => {
  test('is finished by the same command, and its bundle is sound: no answer was paid twice', async () => {
    expect(built.code, built.stderr).toBe(0);
    expect((await checkBundle(run)).problems).toEqual([]);
  });

  test('refuses each planned mistake for what it is, and nothing else; the funnel names every kind', async () => {
    const { stages } = funnelSchema.parse(JSON.parse(readFileSync(join(run, 'build/funnel.json'), 'utf8')));
    const stage = (name: string) => stages.find((count) => count.stage === name);
    const units = (await openBuildingShelf().all()).flatMap((video) => video.units);
    const planned: Record<string, number> = {};
    for (const { planned: kind } of units.flatMap(({ rounds }) => rounds.flat()))
      if (kind !== undefined) planned[kind] = (planned[kind] ?? 0) + 1;
    expect(stage('filter')?.dropped).toEqual({ not_instructional: 2, unreadable_video: 1 });
    expect(stage('segment')?.out).toBeGreaterThanOrEqual(20);
    expect(stage('quiz')?.dropped).toEqual(planned);
    // Keys are balanced by permutation: nothing has to be refused for it.
    const named = new Set(Object.keys(planned));
    expect(refusals.filter((kind) => !named.has(kind))).toEqual(['key_imbalance']);
    expect(built.stdout).toContain('answerable_without_video');
  });

  test('cuts real videos, each as long as its chapter', async () => {
    const { topics } = await loadDataset(data);
    const segments = topics.filter(({ parent }) => parent !== null);
    expect(segments.length).toBeGreaterThan(10);
    for (const { humanVideo, durationS, slug } of segments) {
      expect(existsSync(join(data, humanVideo?.path ?? 'none')), slug).toBe(true);
      expect(Math.abs((humanVideo?.durationS ?? 0) - (durationS ?? 0)), slug).toBeLessThan(0.6);
    }
  });

  test('passes the audit, gates and all', async () => {
    const audit = await mmmc(['dataset', 'audit', data, '--gate', '--out', join(folder.path, 'audit')]);
    expect(audit.code, audit.stdout).toBe(0);
    expect(audit.stdout).toContain('gates: all');
    expect(existsSync(join(folder.path, 'audit/index.html'))).toBe(true);
  });

  test('has a card with front matter, headed as a scripted demonstration, and checksums that hold', async () => {
    const card = readFileSync(join(data, 'README.md'), 'utf8');
    const front = parse(/^---\n([\s\S]*?)\n---\n/.exec(card)?.[1] ?? '');
    expect(front).toMatchObject({ license: 'mit', language: ['en'] });
    expect(card).toMatch(/Scripted demonstration/);
    const sums = readFileSync(join(data, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(sums.length).toBeGreaterThan(20);
    for (const line of sums) {
      const [sum, path] = line.split('  ');
      expect(await sha256File(join(data, path ?? '')), path).toBe(sum);
    }
  });

  test('is named in an experiment like any other dataset', async () => {
    const { topics } = await loadDataset(`${data}@balanced`);
    const experiment = [
      'run',
      'configs/experiments/quickstart.yaml',
      '--set',
      `dataset=${data}@balanced`,
      '--set',
      `topics=[${topics[0]?.slug}]`,
      '--print-config',
    ];
    const printed = await mmmc(experiment);
    expect(printed.code, printed.stderr).toBe(0);
    expect(printed.stdout).toContain(topics[0]?.title);
  });
});
