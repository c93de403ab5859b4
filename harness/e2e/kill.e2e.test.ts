import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { mmmc, startMmmc } from './mmmc.ts';

const ready = requirePrerequisite('sandbox') && requirePrerequisite('manim');

/** One short topic, every kind of job. */
const config = `name: short
dataset: mini
topics: [pendulum]
protocol: paper
roles: { planner: offline/author, coder: offline/author, critic: offline/critic, video-generator: offline/noise-video }
methods: [{ use: code2video, settings: { repairs: 1 } }, { use: direct-code }, { use: pixel-space, settings: { seconds: 2 } }]
metrics: [{ use: efficiency }, { use: teachquiz, students: [offline/reader] }]
`;

/** Evenly spread over the run, with a fixed shake: the same moments in every session. */
function moments(count: number, seconds: number): number[] {
  return Array.from({ length: count }, (_, i) => seconds * ((i + 0.5 + 0.4 * Math.sin(i * 12.9898)) / count));
}

const kills = process.env.MMMC_LONG === '1' ? 10 : 3;

describe.skipIf(!ready)('kill -9', () => {
  test(`at ${kills} moments: each time the bundle is sound, and the same command completes it`, async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'short.yaml');
    await writeFile(path, config);
    const whole = await mmmc(['run', path, '--runs', folder.path, '--run', 'whole']);
    expect(whole.stderr).not.toMatch(/bug/);
    expect(whole.code).toBe(0);
    const wanted = outcomesOf(join(folder.path, 'whole'));
    for (const [i, seconds] of moments(kills, whole.seconds).entries()) {
      const run = `killed-${i}`;
      const { child, ended } = startMmmc(['run', path, '--runs', folder.path, '--run', run]);
      await sleep(seconds * 1000);
      child.kill('SIGKILL');
      await ended;
      const bundle = join(folder.path, run);
      const torn = await mmmc(['check', bundle]);
      expect(torn.code === 0 || /no run bundle/.test(torn.stderr), torn.stdout + torn.stderr).toBe(true);
      const resumed = await mmmc(['run', path, '--runs', folder.path, '--run', run]);
      expect(resumed.code, resumed.stderr).toBe(0);
      const checked = await mmmc(['check', bundle]);
      expect(checked.stdout).toMatch(/sound/);
      expect(outcomesOf(bundle)).toEqual(wanted);
    }
  }, 600_000);

  test('Ctrl-C records, exits 130, and the same command goes on', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'short.yaml');
    await writeFile(path, config);
    const { child, ended } = startMmmc(['run', path, '--runs', folder.path]);
    await until(() => callsIn(join(folder.path, 'short')) > 0);
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/same command goes on/);
    const resumed = await mmmc(['run', path, '--runs', folder.path]);
    expect(resumed.code).toBe(0);
    expect((await mmmc(['check', join(folder.path, 'short')])).code).toBe(0);
  }, 120_000);
});

/** Looks again and again, for a minute at most: a busy machine needs longer than this one. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !holds() && performance.now() < end; ) await sleep(20);
}

function callsIn(folder: string): number {
  return existsSync(join(folder, 'run.json')) ? readBundle(folder).state.calls.length : 0;
}

function outcomesOf(folder: string): string[] {
  return [...readBundle(folder).state.outcomes.values()].map((o) => `${o.job} ${o.status}`).toSorted();
}
