import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

test('npm test counts checks, tests, skips and files that do not load, and ends with the count', async () => {
  const { clone, cache } = makeClone();
  try {
    for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts']) {
      cpSync(join(projectFolder, name), join(clone, name));
    }
    symlinkSync(join(projectFolder, 'node_modules'), join(clone, 'node_modules'));
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
  } finally {
    rmSync(dirname(clone), { recursive: true, force: true });
  }
});
