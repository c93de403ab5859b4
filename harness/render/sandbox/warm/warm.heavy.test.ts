import { existsSync } from 'node:fs';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrerequisite } from '../../../setup/prerequisites.ts';
import { attempt } from '../attempt.ts';
import { withJobFolder } from '../job-folder.ts';
import { resolveLimits } from '../limits.ts';
import type { Sandbox, SandboxJob, WarmProgram, WarmSandbox } from '../port.ts';
import { childrenOf } from '../process-tree.ts';
import { openSandbox } from '../sandbox.ts';
import { WarmPool } from './pool.ts';

const python = '/usr/bin/python3';
const here = (name: string) => join(import.meta.dirname, name);
const says = (text: string) => `print(${JSON.stringify(text)})`;

describe.skipIf(!requirePrerequisite('sandbox'))('a warm process', () => {
  let sandbox: Sandbox;
  const open: WarmSandbox[] = [];

  beforeAll(async () => {
    sandbox = await openSandbox({ cpus: 2, limits: { cpuSeconds: 10, wallSeconds: 20 } });
  });
  afterAll(() => Promise.all(open.map((warm) => warm.close())));

  function warmUp(program: Partial<WarmProgram> = {}): WarmSandbox {
    const warm = sandbox.warm({ python, modules: [], ...program });
    if (warm === undefined) throw new Error('there is no isolation');
    open.push(warm);
    return warm;
  }

  /** Runs a program text, or a file of this folder, in the sandbox or in a warm process of it. */
  function run(where: Pick<Sandbox, 'run'> & { jobs?: string }, code: string, job: Partial<SandboxJob> = {}) {
    return withJobFolder(async (folder) => {
      const program = join(folder, 'program.py');
      if (code.endsWith('.py')) await copyFile(here(code), program);
      else await writeFile(program, code);
      const argv = [python, '-B', '-s', 'program.py', ...(job.argv ?? [])];
      return where.run({ ...job, argv, folder });
    }, where.jobs);
  }

  it('gives a job what a fresh interpreter has: descriptors, signals, limits, environment and all', async () => {
    const warm = warmUp({ modules: ['json', 'random'] });
    const job = { argv: ['one', 'two'], env: { OWN: 'value' } };
    const [cold, forked] = [
      await run(sandbox, 'state.fixture.py', job),
      await run(warm, 'state.fixture.py', job),
    ];
    expect([cold.worker, forked.worker]).toEqual(['cold', 'warm']);
    expect(JSON.parse(forked.stdout.toString())).toEqual(JSON.parse(cold.stdout.toString()));
  });

  it('forgets each job: modules, seeds and files are fresh in the next', async () => {
    const warm = warmUp({ modules: ['json', 'random'] });
    const code = [
      'import json, os, random',
      "print(hasattr(json, 'spoiled'), os.listdir('/tmp'), os.listdir('/work'), random.random())",
      'json.spoiled = True',
      "open('/tmp/left', 'w').close()",
    ].join('\n');
    const said = [await run(warm, code), await run(warm, code)].map(({ stdout }) => stdout.toString());
    for (const line of said) expect(line).toMatch(/^False \[\] \['program.py'\] 0\.\d+\n$/);
    expect(said[0]).not.toBe(said[1]);
  });

  it('hides jobs that run side by side from one another', async () => {
    const warm = warmUp();
    const word = 'word-of-the-neighbour'.split('').toReversed().join('');
    const long = [
      'import os, socket, time',
      `word = ${JSON.stringify(word)}`,
      "for path in ('/work/own', '/tmp/own', '/dev/shm/own'): open(path, 'w').write(word)",
      'end = socket.socket(socket.AF_UNIX)',
      "end.bind('\\0' + word)",
      'end.listen()',
      'terminal = os.open("/dev/ptmx", os.O_RDWR)',
      'time.sleep(1.5)',
      'print("still here", sorted(os.listdir("/work")))',
    ].join('\n');
    const [neighbour, nosy] = await Promise.all([
      run(warm, long),
      sleep(500).then(() => run(warm, 'neighbour.fixture.py', { argv: [word] })),
    ]);
    expect([nosy.worker, nosy.stdout.toString(), nosy.stderr.toString()]).toEqual(['warm', '[]\n', '']);
    expect(neighbour.stdout.toString()).toBe("still here ['own', 'program.py']\n");
  });

  it('ends daemons that ignore every signal when their job is over a limit', async () => {
    const pool = new WarmPool({ python, modules: [] });
    const limits = resolveLimits({ cpuSeconds: 10, wallSeconds: 0.7 });
    await withJobFolder(async (folder) => {
      await copyFile(here('../hostile/daemon_wait.py'), join(folder, 'program.py'));
      const job = { argv: [python, 'program.py'], folder };
      const { verdict } = await pool.with((launcher) => attempt(launcher, job, limits));
      expect(verdict).toEqual({ kind: 'killed', limit: 'wall' });
      expect(childrenOf(pool.pid ?? 0)).toEqual([]);
      const { size } = await stat(join(folder, 'heartbeat'));
      await sleep(60);
      expect((await readFile(join(folder, 'heartbeat'))).length).toBe(size);
    }, pool.files.jobs);
    await pool.close();
  });

  it.each([
    ['does not start', { modules: ['no_such_module'] }, /No module named/],
    ['ends at once', { python: '/usr/bin/true' }, /it ended/],
    ['talks nonsense', { python: '/usr/bin/echo' }, /it said "-B -s/],
  ])('is done without when it %s; the result says so', async (_what, program, why) => {
    const warm = warmUp(program);
    const result = await run(warm, says('all the same'));
    expect(result).toMatchObject({ worker: 'cold', whyCold: why, verdict: { kind: 'exit', code: 0 } });
    expect(result.stdout.toString()).toBe('all the same\n');
  });

  it('is done without when it dies under a job; the job runs again with its inputs as they were', async () => {
    const warm = warmUp();
    const code = [
      'import os, time',
      "print(os.listdir('/work'))",
      "open('trace', 'w').close()",
      'time.sleep(1)',
    ].join('\n');
    await run(warm, says('ready'));
    const first = warm.pid() ?? 0;
    const running = run(warm, code);
    await sleep(300);
    process.kill(first, 'SIGKILL');
    const result = await running;
    expect(result).toMatchObject({ worker: 'cold', whyCold: /warm process ended/ });
    expect(result.stdout.toString()).toBe("['program.py']\n");
    expect((await run(warm, says('again'))).worker).toBe('warm');
    expect(warm.pid()).not.toBe(first);
  });

  it('makes room for another after its number of jobs, and ends when there is nothing to do', async () => {
    const warm = warmUp({ maxJobs: 2, idleMs: 300 });
    const pids: (number | undefined)[] = [];
    for (const text of ['one', 'two', 'three']) {
      expect((await run(warm, says(text))).stdout.toString()).toBe(`${text}\n`);
      pids.push(warm.pid());
    }
    const [first, none, third] = pids;
    expect([typeof first, none, typeof third]).toEqual(['number', undefined, 'number']);
    expect(third).not.toBe(first);
    expect(existsSync(`/proc/${first}`)).toBe(false);
    await sleep(600);
    expect([warm.pid(), existsSync(`/proc/${third}`)]).toEqual([undefined, false]);
  });
});
