import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makeClip } from '../media/clips.fixture.ts';
import { startVideos } from '../models/loopback/videos.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { mmmc, startMmmc } from './mmmc.ts';

describe.skipIf(!requirePrerequisite('sandbox'))('a run that is killed while its video is being made', () => {
  test('finds the paid job again and takes its video, without paying for another', async () => {
    using folder = temporaryFolder();
    const server = await startVideos('vllm-omni');
    try {
      server.asAsked = true;
      server.story = [{ status: 'waiting', progress: 0.2 }];
      server.video = readFileSync(
        await makeClip(await openSandbox(), join(folder.path, 'clip.mp4'), 'testsrc=d=1:s=320x240:r=10'),
      );
      const experiment = {
        name: 'lost',
        dataset: 'mini',
        topics: ['pendulum'],
        protocol: 'paper',
        endpoints: [
          { id: 'videos', provider: 'videos-http', base_url: server.url, model: 'm', timeout_s: 60 },
        ],
        methods: [{ use: 'pixel-space', settings: { seconds: 1 }, roles: { 'video-generator': 'videos' } }],
      };
      writeFileSync(join(folder.path, 'lost.yaml'), JSON.stringify(experiment));
      const args = ['run', 'lost.yaml', '--runs', '.'];
      const submitted = () => server.calls.filter(({ step }) => step === 'submit');
      const first = startMmmc(args, { cwd: folder.path });
      while (!server.calls.some(({ step }) => step === 'look')) await sleep(20);
      first.child.kill('SIGKILL');
      await first.ended;
      server.story = [{ status: 'completed' }];
      const second = await mmmc(args, { cwd: folder.path });
      expect(second.code, second.stderr).toBe(0);
      expect(submitted()).toHaveLength(1);
      const { state } = readBundle(join(folder.path, 'lost'));
      expect(state.calls).toHaveLength(1);
      expect((await mmmc(['check', 'lost'], { cwd: folder.path })).code).toBe(0);
    } finally {
      await server.close();
    }
  });
});
