import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeClone, runScript } from './clone.fixture.ts';
import { projectFolder } from './paths.mjs';

const mixed = `
import { expect, test } from 'vitest';
test('holds', () => expect(1).toBe(1));
test('fails', () => expect(1).toBe('no number' satisfies number));
test.skip('skipped', () => expect(1).toBe(1));
`;

/** Folders of the project that are npm packages: set-up looks whether they are there. */
function packageLinks(): string[] {
  const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'));
  return Object.keys(packages).filter((path) => path !== '' && !path.startsWith('node_modules/'));
}

test('npm test counts checks, tests, skips and files that do not load, and ends with the count', async () => {
  const { clone, cache } = makeClone();
  try {
    for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts']) {
      cpSync(join(projectFolder, name), join(clone, name));
    }
    // Each package by a link of its own: whatever happens to the clone's node_modules, ours stays.
    mkdirSync(join(clone, 'node_modules'));
    for (const name of readdirSync(join(projectFolder, 'node_modules'))) {
      symlinkSync(join(projectFolder, 'node_modules', name), join(clone, 'node_modules', name));
    }
    for (const link of packageLinks())
      cpSync(join(projectFolder, link), join(clone, link), { recursive: true });
    writeFileSync(join(clone, 'biome.json'), '{ "files": { "includes": ["good.ts"] } }\n');
    writeFileSync(join(clone, 'good.ts'), 'export const good = 1;\n');
    mkdirSync(join(clone, 'metrics'));
    writeFileSync(join(clone, 'metrics/mixed.test.ts'), mixed);
    writeFileSync(join(clone, 'metrics/broken.test.ts'), "throw new Error('does not load');\n");
    writeFileSync(
      join(clone, 'metrics/one.heavy.test.ts'),
      "import { test } from 'vitest';\ntest('heavy', () => {});\n",
    );
    const ended = await runScript(join(clone, 'harness/setup/test.mjs'), {
      args: ['metrics'],
      env: { MMMC_CACHE: cache, CI: '', MMMC_STRICT: '' },
    });
    // Passed: lint, format, two tests. Failed: the type check (a test without types), a test, a file.
    expect(ended.stdout.trimEnd().split('\n').slice(-2)).toEqual(['1 skipped', '4 passed, 3 failed']);
    expect(ended.code).toBe(1);
    expect(ended.stderr + ended.stdout).not.toContain('npm ci');
  } finally {
    rmSync(dirname(clone), { recursive: true, force: true });
  }
});
