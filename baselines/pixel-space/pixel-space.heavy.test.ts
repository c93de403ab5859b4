import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadExperiment } from '../../harness/experiment/config.ts';
import { runExperiment } from '../../harness/experiment/run.ts';
import { makeClip } from '../../harness/media/clips.fixture.ts';
import type { VideoDesk } from '../../harness/models/loopback/video-desk.ts';
import { startVideos } from '../../harness/models/loopback/videos.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { readBundle } from '../../harness/store/bundle.ts';
import { checkBundle } from '../../harness/store/check.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';

const ready = requirePrerequisite('sandbox');

describe.skipIf(!ready)('a video model behind a server', () => {
  const folder = temporaryFolder();
  let server: VideoDesk;
  beforeAll(async () => {
    server = await startVideos('sglang');
    const sandbox = await openSandbox({ unsafeLocal: false });
    const clip = await makeClip(
      sandbox,
      join(folder.path, 'clip.mp4'),
      'testsrc=size=160x96:rate=8:duration=1',
    );
    server.video = readFileSync(clip);
  });
  afterAll(async () => {
    await server.close();
    folder[Symbol.dispose]();
  });

  /** One cell of the method, in a bundle of its own. */
  const run = async (name: string, settings: object) => {
    const config = join(folder.path, `${name}.yaml`);
    const experiment = {
      name,
      ...{ title: name, description: name, dataset: 'mini', topics: ['pendulum'], protocol: 'paper' },
      endpoints: [
        {
          ...{ id: 'desk', provider: 'videos-http', base_url: server.url, model: 'm', dialect: 'sglang' },
          clip: { width: 160, height: 96, fps: 8, frames: 8 },
          price: { second: 0.5, source: 'test', date: '2026-01-01' },
        },
      ],
      roles: { planner: 'offline/author', 'video-generator': 'desk' },
      methods: [{ use: 'pixel-space', settings }],
      metrics: [{ use: 'efficiency' }],
    };
    writeFileSync(config, JSON.stringify(experiment));
    const bundle = join(folder.path, name);
    const fractions: number[] = [];
    const options = {
      folder: bundle,
      unsafeLocal: false,
      maxUnusable: 1,
      failOnError: 0,
      only: 'all',
    } as const;
    const watcher = {
      ...{ opened: () => undefined, started: () => undefined, ended: () => undefined },
      progressed: (_job: string, fraction: number) => void fractions.push(fraction),
    };
    await runExperiment(await loadExperiment(config), options, watcher);
    const { state, texts } = readBundle(bundle);
    const outcome = [...state.outcomes.values()].find(({ job }) => job.startsWith('produce:'));
    return { bundle, outcome, calls: state.calls, texts, fractions };
  };

  test('is asked in its own size, watched, paid by the second, and its word on the job is kept', async () => {
    const { bundle, outcome, calls, texts, fractions } = await run('one', {});
    expect(outcome).toMatchObject({
      status: 'ok',
      videoFacts: { width: 160, height: 96, fps: 8, durationS: 1 },
    });
    expect(server.jobs[0]?.asked).toMatchObject({ size: '160x96', num_frames: 8, fps: 8, seed: 1 });
    expect(fractions).toEqual([0, 0.4, 1]);
    expect(calls).toMatchObject([{ costUsd: 0.5, madeS: 1, servedModel: 'served-m' }]);
    expect(JSON.parse(texts.get(calls[0]?.echo ?? ''))).toMatchObject({ id: 'job-1', status: 'completed' });
    expect((await checkBundle(bundle)).problems).toEqual([]);
  });

  test('makes a lesson of several shots; what is no video is looked at in the sandbox only, and is named', async () => {
    const before = server.jobs.length;
    server.videoOf = ({ id }) =>
      id === `job-${before + 2}` ? Buffer.from('MZ, and no video') : server.video;
    const { outcome, calls } = await run('shots', { shots: 3 });
    expect(outcome).toMatchObject({
      status: 'partial',
      cause: 'shots_missing',
      videoFacts: { durationS: 2 },
    });
    expect(outcome?.message).toMatch(/^shot_\d: it is not an mp4 that can be read$/);
    expect(calls.map(({ purpose }) => purpose).toSorted()).toEqual(['clip', 'clip', 'clip', 'shots']);
    expect(new Set(server.jobs.slice(before).map(({ asked }) => asked.prompt)).size).toBe(3);
  });
});
