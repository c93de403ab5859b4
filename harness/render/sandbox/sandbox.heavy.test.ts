import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrerequisite } from '../../setup/prerequisites.ts';
import { pythonProgram, pythonVenv } from '../python.ts';
import { collect } from './collect.ts';
import { carriers, type Host, layBait, secret } from './hostile/host.ts';
import { hostileCases } from './hostile/table.ts';
import { withJobFolder } from './job-folder.ts';
import {
  describeVerdict,
  type Sandbox,
  type SandboxJob,
  type SandboxResult,
  type WarmSandbox,
} from './port.ts';
import { childrenOf } from './process-tree.ts';
import { openSandbox } from './sandbox.ts';

const programs = fileURLToPath(new URL('hostile/', import.meta.url));
/** Programs that end by themselves still get no more than this. */
const generous = { cpuSeconds: 10, wallSeconds: 20 };

/** Each job in a process of its own, and each a fork of a process that has Manim in memory. */
const workers = ['cold', 'warm'] as const;

describe.skipIf(!requirePrerequisite('sandbox')).each(workers)('the sandbox, %s', (worker) => {
  let sandbox: Sandbox;
  let warm: WarmSandbox | undefined;
  let python = '/usr/bin/python3';
  let host: Host;
  let marks = 0;

  beforeAll(async () => {
    process.env.MMMC_TEST_API_KEY = secret;
    host = await layBait();
    sandbox = await openSandbox({ cpus: 2, limits: generous });
    if (worker === 'cold') return;
    const venv = pythonVenv();
    python = pythonProgram(venv);
    warm = sandbox.warm({ python, modules: ['manim'], readOnly: { [venv]: venv } });
  });
  afterAll(async () => {
    await warm?.close();
    await host.close();
  });

  const runner = () => warm ?? sandbox;
  const withFolder = <T>(use: (folder: string) => Promise<T>) => withJobFolder(use, warm?.jobs);

  /** Processes of a job that has ended: its mark's carriers, and what hangs on the warm process. */
  function remaining(mark: string) {
    const forker = warm?.pid();
    return [...carriers(mark), ...(forker === undefined ? [] : childrenOf(forker))];
  }

  /** Runs a program of the folder, lets `inspect` look at what it left, and asks the host whether it noticed. */
  async function run(
    program: string,
    job: Partial<SandboxJob> = {},
    inspect: (folder: string, result: SandboxResult) => Promise<void> = async () => {},
  ): Promise<SandboxResult> {
    const mark = `mark-${process.pid}-${marks++}`;
    let used = '';
    const result = await withFolder(async (folder) => {
      used = folder;
      await copyFile(join(programs, `${program}.py`), join(folder, 'program.py'));
      await writeFile(join(folder, 'input.txt'), 'fresh');
      const argv = [python, 'program.py', ...(job.argv ?? [])];
      const ended = await runner().run({ ...job, folder, argv, env: { MARK: mark } });
      const forked = ended.verdict.kind === 'exit' || ended.verdict.limit !== 'wall';
      expect([ended.worker, ended.whyCold]).toEqual(forked ? [worker, undefined] : ['cold', ended.whyCold]);
      expect(remaining(mark), 'processes that outlived the job').toEqual([]);
      await inspect(folder, ended);
      return ended;
    });
    expect(await host.harm()).toEqual([]);
    const left = (await readdir(dirname(used))).filter((name) => name.startsWith(basename(used)));
    expect(left, 'folders that were left').toEqual([]);
    return result;
  }

  it.each(hostileCases)('$program: $promise', async ({ program, limits, verdicts, stdout, ...rest }) => {
    const argv = rest.arguments?.(host.bait) ?? [];
    const job = { argv, ...(limits ? { limits } : {}) };
    const result = await run(program, job, async (folder) => {
      const heartbeat = join(folder, 'heartbeat');
      if (!existsSync(heartbeat)) return;
      const { size } = await stat(heartbeat);
      await sleep(60);
      expect((await stat(heartbeat)).size).toBe(size);
    });
    const told = `${result.stdout.subarray(0, 500)} ${result.stderr.subarray(0, 500)}`;
    expect(verdicts, told).toContain(describeVerdict(result.verdict));
    if (stdout !== undefined)
      expect(result.stdout.toString()).toEqual(expect.stringMatching(exactly(stdout)));
  });

  it('tries a job again alone, with its inputs as they were, before it blames it for the wall limit', async () => {
    const result = await run('sleep', { limits: { cpuSeconds: 10, wallSeconds: 0.7 } }, async (folder) => {
      expect(await readFile(join(folder, 'input.txt'), 'utf8')).toBe('spoiled');
    });
    expect(describeVerdict(result.verdict)).toBe('killed:wall');
    expect(result.stdout.toString()).toBe('fresh False\n');
    expect(result.queuedMs).toBeGreaterThan(600);
    expect(result.wallMs).toBeLessThan(10_000);
  });

  it('hands out no file that only looks like a video, and removes all that a job leaves', async () => {
    const refusals = {
      'link.mp4': 'a link',
      'folder_link/passwd': 'not in a plain folder',
      'link_to_itself/x': 'not in a plain folder',
      'fifo.mp4': 'not a regular file',
      'socket.mp4': 'not a regular file',
      'folder.mp4': 'not a regular file',
      'sparse.mp4': 'sparse',
      'first.mp4': 'hard-linked',
      'second.mp4': 'hard-linked',
      'empty.mp4': 'empty',
      'playlist.mp4': 'not an mp4',
      'big.mp4': 'too big',
      'outside.mp4': 'missing',
      'device.mp4': 'missing',
      '../x': 'bad path',
      '/etc/passwd': 'bad path',
    };
    await run('file_tricks', {}, async (folder, result) => {
      // The watchdog may come upon folders too deep to be counted.
      expect(['exit 0', 'killed:folder_files']).toContain(describeVerdict(result.verdict));
      expect(['done\n', '']).toContain(result.stdout.toString());
      const target = join(folder, 'taken');
      for (const [path, reason] of Object.entries(refusals)) {
        const options = { maxBytes: path === 'sparse.mp4' ? 1e9 : 2e6, mp4: true };
        expect([path, await collect(folder, path, target, options)]).toEqual([path, { ok: false, reason }]);
      }
      expect(existsSync(target)).toBe(false);
    });
  });

  it('keeps odd output as the bytes that they are', async () => {
    const { stdout, stderr } = await run('odd_bytes');
    expect(stdout).toEqual(Buffer.from('\xff\xfe\0\x1b]0;title\x07\x1b[2J', 'latin1'));
    expect(stderr).toEqual(Buffer.from('::error::forged\r\n\x80', 'latin1'));
  });

  it('lets an honest program use threads, processes, fonts and ffmpeg', async () => {
    const result = await run('honest', {}, async (folder) => {
      const video = await collect(folder, 'video.mp4', join(folder, 'taken.mp4'), {
        maxBytes: 1e7,
        mp4: true,
      });
      expect(video).toEqual({ ok: true, bytes: expect.any(Number) });
    });
    expect([result.stdout.toString(), result.stderr.toString()]).toEqual(['328350\n328350\nTrue\n', '']);
    expect(result.cpuMs).toBeGreaterThan(0);
    expect(result.peakMemoryBytes).toBeGreaterThan(5e6);
  });

  it('leaves no process behind when the harness itself is killed', async () => {
    const mark = `mark-${process.pid}-orphan-${worker}`;
    await withJobFolder(async (folder) => {
      await chmod(folder, 0o755); // for the folders of that harness
      const code = endlessHarness(mark, python, worker === 'warm');
      const harness = spawn(process.execPath, ['--input-type=module', '-e', code], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, TMPDIR: folder },
      });
      try {
        const pid = Number(await first(harness.stdout));
        await until(() => carriers(mark).length > 0);
        expect([carriers(mark).length > 0, isAlive(pid)]).toEqual([true, worker === 'warm']);
        harness.kill('SIGKILL');
        await until(() => carriers(mark).length === 0 && !isAlive(pid));
        expect([carriers(mark), isAlive(pid)]).toEqual([[], false]);
      } finally {
        harness.kill('SIGKILL');
      }
    });
  });

  it('ends a job at once when it is aborted, and says with whose reason', async () => {
    const reason = new Error('enough');
    const started = performance.now();
    const signal = AbortSignal.any([AbortSignal.timeout(300)]);
    const control = new AbortController();
    signal.addEventListener('abort', () => control.abort(reason));
    await expect(run('spin', { signal: control.signal })).rejects.toBe(reason);
    expect(performance.now() - started).toBeLessThan(generous.cpuSeconds * 1000);
  });

  it('says that a program which does not exist is a failure of ours', async () => {
    const running = withFolder((folder) => runner().run({ argv: ['no-such-program'], folder }));
    await expect(running).rejects.toMatchObject({ code: 'sandbox_failed', message: /no-such-program/ });
  });

  it('says so when what shall be shown inside does not exist', async () => {
    const readOnly = { '/no/such/folder': '/inside' };
    const running = withFolder((folder) => runner().run({ argv: ['true'], folder, readOnly }));
    await expect(running).rejects.toMatchObject({ code: 'sandbox_failed', message: /no\/such\/folder/ });
  });
});

const exactly = (text: string | RegExp) =>
  typeof text === 'string' ? new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : text;

/** Waits until it holds, for a minute at most: a busy machine may need seconds to start a harness. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !holds() && performance.now() < end; ) await sleep(20);
}

/** A harness that says the pid of its warm process, 0 without one, while a job of it makes daemons for ever. */
function endlessHarness(mark: string, python: string, warm: boolean): string {
  const place = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const venv = dirname(dirname(python));
  const program = { python, modules: [], readOnly: warm ? { [venv]: venv } : {} };
  return `
    const { openSandbox } = await import(${place('sandbox.ts')});
    const { withJobFolder } = await import(${place('job-folder.ts')});
    const { writeFile } = await import('node:fs/promises');
    const sandbox = await openSandbox();
    const warm = ${warm} ? sandbox.warm(${JSON.stringify(program)}) : undefined;
    await withJobFolder(async (folder) => {
      await writeFile(folder + '/program.py', 'import os\\nwhile True: os.system("setsid sleep 1")');
      const argv = [${JSON.stringify(python)}, 'program.py'];
      const running = (warm ?? sandbox).run({ argv, folder, env: { MARK: ${JSON.stringify(mark)} } });
      while (warm && !warm.pid()) await new Promise((resolve) => setTimeout(resolve, 20));
      console.log(warm?.pid() ?? 0);
      await running;
    }, warm?.jobs);
  `;
}

const isAlive = (pid: number) => pid > 0 && existsSync(`/proc/${pid}`);

async function first(stream: Readable): Promise<string> {
  for await (const chunk of stream) return String(chunk);
  return '';
}
