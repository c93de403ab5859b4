import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { startScriptedCoder } from '../testing/scripted-coder.ts';
import { mmmc } from './mmmc.ts';

const quickstart = 'configs/experiments/quickstart.yaml';

test.each([
  ['an unknown key', ['--set', 'protocl=paper'], 2, /unknown key protocl, did you mean protocol\?/],
  [
    'an unknown key of a method',
    ['--set', 'methods.0.settings.repair=1'],
    2,
    /quickstart\.yaml:\d+.*repairs/,
  ],
  ['an unknown endpoint', ['--set', 'roles.coder=offline/autor'], 2, /did you mean offline\/author\?/],
  [
    'an unknown provider',
    ['--set', 'endpoints=[{id: x, provider: opnai, model: m}]'],
    2,
    /provider.*"openai"/,
  ],
  [
    'an address that is none',
    ['--set', 'endpoints=[{id: x, provider: openai, model: m, base_url: "host/v1"}]'],
    2,
    /base_url: "host\/v1" is no address/,
  ],
  [
    'a key in an address',
    ['--set', 'endpoints=[{id: x, provider: openai, model: m, base_url: "https://me:pw@host/v1"}]'],
    2,
    /key_variable/,
  ],
  ['an unknown method', ['--set', 'methods.0.use=code2vide'], 2, /did you mean code2video\?/],
  ['an unknown protocol', ['--set', 'protocol=strikt'], 2, /quickstart\.yaml:\d+: protocol/],
  ['an unknown option', ['--budjet', '3'], 2, /budjet/],
  ['an option twice', ['--run', 'a', '--run', 'b'], 2, /--run is given more than once/],
])('%s: clear message, right exit code, nothing run', async (_, args, code, message) => {
  using runs = temporaryFolder();
  const ended = await mmmc(['run', quickstart, '--runs', runs.path, ...args]);
  expect(ended.stderr).toMatch(message);
  expect(ended.code).toBe(code);
});

test('a missing file and bad YAML name file and line, and exit 2', async () => {
  using folder = temporaryFolder();
  const missing = await mmmc(['run', join(folder.path, 'none.yaml')]);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toMatch(/cannot read .*none\.yaml/);
  const path = join(folder.path, 'bad.yaml');
  await writeFile(path, 'name: x\ndataset: [mini\nprotocol: paper\n');
  const bad = await mmmc(['run', path]);
  expect(bad.code).toBe(2);
  expect(bad.stderr).toMatch(/bad\.yaml:\d+/);
});

test('a config without protocol is measured by the strict one, as --print-config shows', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'x.yaml');
  await writeFile(
    path,
    'name: x\ndataset: mini\nroles: { coder: offline/author }\nmethods: [{ use: direct-code }]\n',
  );
  const ended = await mmmc(['run', path, '--runs', folder.path, '--print-config']);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(ended.stdout).toMatch(/protocol: strict/);
});

test('a missing key names its variable and exits 4 before anything is paid', async () => {
  using folder = temporaryFolder();
  const server = await startScriptedCoder(() => 'never asked');
  const ended = await mmmc([
    'run',
    quickstart,
    '--runs',
    folder.path,
    '--set',
    `endpoints=[{id: paid, provider: openai, base_url: "${server.url}", key_variable: MMMC_TEST_KEY, model: m}]`,
    '--set',
    'roles.coder=paid',
  ]);
  await server.close();
  expect(ended.code).toBe(4);
  expect(ended.stderr).toMatch(/MMMC_TEST_KEY/);
  expect(ended.stderr).toMatch(/\.env/);
  expect(server.requests).toEqual([]);
});

test('a folder that is no bundle is said to be none', async () => {
  using folder = temporaryFolder();
  for (const command of ['check', 'report', 'score']) {
    const ended = await mmmc([command, folder.path]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/no run bundle/);
  }
});

const canMount = process.getuid?.() === 0;

describe.skipIf(!canMount || !requirePrerequisite('sandbox'))('a full disk', () => {
  test('stops the run with exit 5, loses nothing, and the same command goes on once there is room', async () => {
    using folder = temporaryFolder();
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' });
    expect(mount('-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', disk).status).toBe(0);
    try {
      const args = ['run', quickstart, '--runs', disk, '--run', 'small', '--set', 'topics=[pendulum]'];
      const only = ['--set', 'methods=[{use: direct-code}, {use: pixel-space, settings: {seconds: 2}}]'];
      const full = await mmmc([...args, ...only]);
      expect(full.stderr).toMatch(/cannot write/);
      expect(full.code).toBe(5);
      expect(readBundle(join(disk, 'small')).plan.cells.length).toBe(2);
      expect(mount('-o', 'remount,size=64m', disk).status).toBe(0);
      const resumed = await mmmc([...args, ...only]);
      expect(resumed.code, resumed.stderr).toBe(0);
      expect((await mmmc(['check', join(disk, 'small')])).code).toBe(0);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
