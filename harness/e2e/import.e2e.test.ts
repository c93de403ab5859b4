import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClip } from '../media/clips.fixture.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';

describe.skipIf(!requirePrerequisite('sandbox'))('videos that exist', () => {
  const folder = temporaryFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  const run = (...args: string[]) => mmmc(args, { cwd: folder.path });
  let imported: Ended;
  let ended: Ended;

  beforeAll(async () => {
    mkdirSync(at('films'));
    const sandbox = await openSandbox();
    await makeClip(sandbox, at('films', 'Binary search.mp4'), 'testsrc=d=2:s=321x241:r=10', 'crop=320:240');
    const webm = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=d=1:s=321x241:r=10', '-c:v', 'libvpx', '-y'];
    expect(spawnSync('ffmpeg', [...webm, at('films', 'euclid-gcd.webm')]).status).toBe(0);
    writeFileSync(at('films', 'pendulum.mp4'), 'this is no video');
    writeFileSync(at('films', 'my holidays.mp4'), 'nor does it fit a topic');
    writeFileSync(
      at('costs.csv'),
      'file,topic,cost_usd,time_s,input_tokens\n"films/Binary search.mp4",binary-search,0.25,90,1200\n',
    );
    imported = await run('import', 'films', '--yes');
    const told = await run('import', 'costs.csv', '--yes', '--out', 'told');
    expect(told.code, told.stderr).toBe(0);
    const experiment = {
      name: 'given',
      dataset: 'mini',
      topics: ['binary-search', 'euclid-gcd', 'pendulum'],
      protocol: 'paper',
      repeats: 3,
      methods: [
        { use: 'human', settings: { videos: { 'binary-search': 'films/Binary search.mp4' } } },
        { use: 'imported', id: 'films', settings: { from: 'imports/films' } },
        { use: 'imported', id: 'told', settings: { from: 'told' } },
      ],
      metrics: [{ use: 'efficiency' }, { use: 'teachquiz', students: ['offline/reader'] }],
    };
    writeFileSync(at('given.yaml'), JSON.stringify(experiment));
    ended = await run('run', 'given.yaml', '--runs', '.');
  });
  afterAll(() => folder[Symbol.dispose]());

  test('are matched with their topics, shown, looked at, and copied; what is no video is told', () => {
    expect(imported.stderr).toMatch(/Binary search\.mp4 .*\(binary-search\) +alike, 1\.00/);
    expect(imported.stderr).toMatch(/my holidays\.mp4 +no topic: left out/);
    expect(imported.stderr).toMatch(/not imported: pendulum\.mp4: /);
    expect(imported.stdout).toMatch(/2 videos are in .*imports\/films/);
    expect(imported.code).toBe(1);
    const lines = readFileSync(at('imports/films/manifest.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { file: 'binary-search.mp4', source: 'Binary search.mp4', matched: 'likeness', converted: false },
      { file: 'euclid-gcd.mp4', source: 'euclid-gcd.webm', matched: 'slug', converted: true },
    ]);
  });

  test('are not imported before somebody has confirmed their topics', async () => {
    const asked = await run('import', 'films', '--out', 'not-yet');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/With --yes these topics are taken; --map <file>=<topic> corrects one/);
    const empty = await run('import', 'not-yet');
    expect(empty.stderr).toMatch(/not-yet does not exist/);
  });

  test('are measured like any other method’s, once however many repeats there are; other topics have no cell', () => {
    expect(ended.code, ended.stderr).toBe(0);
    const { plan, state } = readBundle(at('given'));
    expect(plan.cells.map(({ repeat }) => repeat)).toEqual(plan.cells.map(() => 0));
    const status = (methodId: string) =>
      plan.cells
        .filter((cell) => cell.methodId === methodId)
        .map(({ id }) => state.outcomes.get(`produce:${id}`)?.status);
    expect(status('human')).toEqual(['ok']);
    expect(status('films')).toEqual(['ok', 'ok']);
    expect(status('told')).toEqual(['ok']);
    expect(ended.stdout).toContain('films has videos of 2 of 3 topics.');
    const told = [...state.outcomes.values()].flatMap(({ reported }) => reported ?? []);
    expect(told).toHaveLength(4);
    expect(told).toContainEqual({
      costUsd: 0.25,
      timeS: 90,
      inputTokens: 1200,
      outputTokens: null,
      calls: null,
    });
    // What nobody tells is not known, which is not 0.
    const { tables } = JSON.parse(readFileSync(at('given/report/results.json'), 'utf8'));
    const [efficiency] = tables.filter(({ id }: { id: string }) => id === 'efficiency');
    const costs = efficiency.rows.map((row: { figures: { cost: object } }) => row.figures.cost);
    expect(costs).toMatchObject([{ value: null }, { value: null }, { value: 0.25, note: 'self-reported' }]);
  });

  test('can be measured again elsewhere, without the files they came from', async () => {
    const again = await run('score', 'given', '--set', 'metrics.1.students=[offline/reader]');
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toMatch(/All \d+ jobs are done already/);
  });

  test('leave a bundle that check accepts', async () => {
    const checked = await run('check', 'given');
    expect(checked.code, checked.stdout).toBe(0);
  });
});
