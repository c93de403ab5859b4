import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadExperiment } from '../experiment/config.ts';
import { RunControl } from '../experiment/control.ts';
import { runExperiment } from '../experiment/run.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { checkBundle } from '../store/check.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';
import { comparable } from './replay/comparable.ts';

const runs = temporaryFolder();
const config = join(import.meta.dirname, 'replay/experiment.yaml');
const cassette = join(import.meta.dirname, 'replay/replay.cassette');
const ready = requirePrerequisite('sandbox') && requirePrerequisite('manim');

describe.skipIf(!ready)('a recorded quickstart', () => {
  const bundle = join(runs.path, 'replay');
  let ended: Ended;
  beforeAll(async () => {
    ended = await mmmc(['run', config, '--runs', runs.path, '--replay', cassette]);
  });
  afterAll(() => runs[Symbol.dispose]());

  test('is replayed with the same scores, byte for byte', async () => {
    expect(ended.stderr + ended.stdout).not.toMatch(/cassette holds no call|Not in the cassette/);
    expect(ended.code).toBe(0);
    const expected = gunzipSync(readFileSync(join(import.meta.dirname, 'replay/expected.json.gz')));
    expect(await comparable(bundle)).toBe(expected.toString('utf8'));
  });

  test('says in the tables, the report, run.json and the journal that it is a replay, and of what', async () => {
    const { run, state } = readBundle(bundle);
    const [hash] = new Set(state.calls.map(({ replayed }) => replayed?.cassette));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(run.configs.at(-1)?.provenance)).toContain(`cassette ${hash}`);
    const sentence = `This is a replay of cassette ${hash?.slice(0, 12)}`;
    expect(ended.stdout).toContain(sentence);
    for (const file of ['index.html', 'report.md', 'results.json'])
      expect(readFileSync(join(bundle, 'report', file), 'utf8')).toContain(sentence);
  });

  test('leaves a bundle that check accepts', async () => {
    expect((await checkBundle(bundle)).problems).toEqual([]);
  });
});

describe.skipIf(!ready)('a run that was stopped', () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'stopped.cassette');
  afterAll(() => folder[Symbol.dispose]());

  /** Only measurements without a video, and the pixel-space stand-in. */
  const session = async (name: string, extra: object, stopAfter = Number.POSITIVE_INFINITY) => {
    const experiment = await loadExperiment(config, ['methods=[{use: pixel-space, settings: {seconds: 1}}]']);
    const control = new RunControl();
    let ended = 0;
    const watcher = {
      opened: () => {},
      started: () => {},
      ended: () => {
        if (++ended === stopAfter) control.stop();
      },
    };
    const options = { folder: join(folder.path, name), unsafeLocal: false, maxUnusable: 3, failOnError: 0 };
    return runExperiment(experiment, { ...options, only: 'all', ...extra }, watcher, control);
  };

  test('leaves what it has in the cassette; a replay refuses the rest, and fill calls for it', async () => {
    const stopped = await session('live', { record: path }, 1);
    expect(stopped.exitCode).toBe(130);
    expect(existsSync(path)).toBe(true);
    const refused = await session('refused', { replay: { file: path, fill: false } });
    expect(refused.exitCode).toBe(1);
    const outcomes = [...readBundle(join(folder.path, 'refused')).state.outcomes.values()];
    expect(outcomes.map(({ cause }) => cause)).toContain('not_recorded');
    expect(outcomes.find(({ cause }) => cause === 'not_recorded')?.message).toMatch(/--fill calls for it/);
    const filled = await session('filled', { replay: { file: path, fill: true } });
    expect(filled.exitCode).toBe(0);
    const calls = readBundle(join(folder.path, 'filled')).state.calls;
    expect(new Set(calls.map(({ replayed }) => replayed !== undefined))).toEqual(new Set([true, false]));
  });
});

test.each([
  ['a file that is no cassette', ['--replay', config], /is no cassette/],
  ['--fill alone', ['--fill'], /--fill needs --replay/],
  [
    'a cassette in no folder',
    ['--record', 'no/such/folder/x.cassette'],
    /there is no folder no\/such\/folder/,
  ],
])('%s is refused before anything is done', async (_, args, message) => {
  using folder = temporaryFolder();
  const ended = await mmmc(['run', config, '--runs', folder.path, ...args]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(message);
  expect(existsSync(join(folder.path, 'replay'))).toBe(false);
});
