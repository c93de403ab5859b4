import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { mmmc } from './mmmc.ts';

describe.skipIf(!(requirePrerequisite('sandbox') && requirePrerequisite('manim')))('templates', () => {
  const folder = temporaryFolder();
  const run = (...args: string[]) => mmmc(args, { cwd: folder.path });
  const at = (...names: string[]) => join(folder.path, ...names);
  afterAll(() => folder[Symbol.dispose]());

  test('of a method and an experiment are written, never over anything, and run as they are', async () => {
    const method = await run('init', 'method', '.');
    expect(method.code, method.stderr).toBe(0);
    expect(method.stdout).toContain('use: ./my-method.ts');
    const experiment = await run('init', 'experiment', 'mine.yaml');
    expect(experiment.stdout).toContain('mmmc run mine.yaml');
    const again = await run('init', 'experiment', 'mine.yaml');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('mine.yaml exists')]);
    const sets = ['topics=[euclid-gcd]', 'methods=[{use: ./my-method.ts}, {use: direct-code}]'].flatMap(
      (set) => ['--set', set],
    );
    const ended = await run('run', 'mine.yaml', '--runs', 'runs', ...sets);
    expect(ended.code, ended.stderr).toBe(0);
    const { plan, run: file, state } = readBundle(at('runs', 'my-experiment'));
    expect(plan.cells.map(({ methodId }) => methodId)).toEqual(['my-method', 'direct-code']);
    const own = plan.cells[0]?.id;
    expect(state.outcomes.get(`produce:${own}`)).toMatchObject({ status: 'ok' });
    expect(JSON.stringify(file.configs.at(-1)?.config)).toMatch(/"version":"1\+[0-9a-f]{12}"/);
    // What it does may have changed: its cells are others, those of the other method are not.
    writeFileSync(at('my-method.ts'), `${readFileSync(at('my-method.ts'), 'utf8')}// changed\n`);
    const estimate = await run('estimate', 'mine.yaml', '--runs', 'runs', ...sets, '--json');
    expect(estimate.code, estimate.stderr).toBe(0);
  }, 120_000);

  test('a file that is no method, or cannot be read, is told with what to do', async () => {
    writeFileSync(at('odd.ts'), 'export default 3;\n');
    writeFileSync(at('torn.ts'), 'export default {\n');
    for (const [file, message] of [
      ['odd.ts', /odd\.ts: it exports no method/],
      ['torn.ts', /torn\.ts: it cannot be loaded/],
      ['none.ts', /none\.ts: it cannot be read/],
    ] as const) {
      const ended = await run('run', 'mine.yaml', '--runs', 'runs', '--set', `methods=[{use: ./${file}}]`);
      expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(message)]);
      expect(ended.stderr).toContain('mmmc init method');
    }
  });
});
