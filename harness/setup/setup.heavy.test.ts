import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { makeClone, runScript } from './clone.fixture.ts';
import { isDebianLike } from './debian.mjs';
import { requirePrerequisite } from './prerequisites.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function freshClone() {
  const { clone, cache } = makeClone();
  folders.push(dirname(clone));
  return { clone, setup: join(clone, 'harness/setup/setup.mjs'), env: { MMMC_CACHE: cache } };
}

describe.skipIf(!requirePrerequisite('manim'))('set-up', () => {
  test('brings what is missing, then finds everything there in a moment', async () => {
    const { clone, setup, env } = freshClone();
    const first = await runScript(setup, { env });
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('npm packages: done') });
    expect(existsSync(join(clone, 'node_modules/dep/package.json'))).toBe(true);
    const second = await runScript(setup, { env });
    expect(second).toMatchObject({ code: 0, stderr: expect.stringContaining('everything is there') });
    expect(second.ms).toBeLessThan(5000);
  });

  test('notices a package that vanished and brings it back', async () => {
    const { clone, setup, env } = freshClone();
    await runScript(setup, { env });
    rmSync(join(clone, 'node_modules/dep'));
    expect(await runScript(setup, { env })).toMatchObject({ code: 0 });
    expect(existsSync(join(clone, 'node_modules/dep/package.json'))).toBe(true);
  });

  test('started twice at once, one waits for the other and both end well', async () => {
    const { clone, setup, env } = freshClone();
    const ended = await Promise.all([runScript(setup, { env }), runScript(setup, { env })]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(ended.filter(({ stderr }) => stderr.includes('npm packages: done'))).toHaveLength(1);
    expect(existsSync(join(clone, 'node_modules/dep/package.json'))).toBe(true);
  });

  const canDrop = isDebianLike() && requirePrerequisite('sandbox');
  test.skipIf(!canDrop)(
    'without rights it does the rest, prints what to type and leaves with 4',
    async () => {
      const { clone, setup, env } = freshClone();
      writeFileSync(join(clone, 'harness/setup/lists/debian-tex.txt'), 'mmmc-no-such-package\n');
      const ended = await runScript(setup, { env, withoutRights: true });
      expect(ended.code).toBe(4);
      expect(ended.stderr).toContain('sudo apt-get install -y --no-install-recommends mmmc-no-such-package');
      expect(existsSync(join(clone, 'node_modules/dep/package.json'))).toBe(true);
    },
  );

  test('the pins of Python name one version of every package, Manim 0.19.0 among them', () => {
    const text = readFileSync(new URL('python/requirements.txt', import.meta.url), 'utf8');
    const pins = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(pins).toContain('manim==0.19.0');
    expect(pins.filter((pin) => !/^[\w.-]+==[\w.]+(; .+)?$/.test(pin))).toEqual([]);
  });
});
