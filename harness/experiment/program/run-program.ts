import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program, ProgramEnd } from '../../../baselines/program.ts';
import type { Sandbox } from '../../render/sandbox/port.ts';
import { describeVerdict } from '../../render/sandbox/port.ts';
import { type Workspace, withWorkspace } from '../../render/workspace.ts';
import { exitCodes, MmmcError } from '../../store/errors.ts';
import { type MeteringProxy, type ProxyOptions, startProxy } from './proxy.ts';

/** What a program may know of our environment beside what its settings name. */
const passed = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ'];
const secret = /key|token|secret|passw|credential/i;
/** The end of what it said, characters. */
const quoted = 800;
/** The port of the sandbox's own loopback that is carried to the proxy. */
const insidePort = 8321;
const [folderLimit, fileLimit] = [4 * 1024 ** 3, 2 * 1024 ** 3];

/** Where a program may run, and what its calls go through. */
export interface ProgramHost {
  sandbox: Sandbox;
  proxy: ProxyOptions;
  signal: AbortSignal;
  /** Copies a file out of its folder, before that is gone; `false` where there is none. */
  keep: (space: Workspace, name: string) => Promise<void>;
}

/**
 * Runs a program of others once, in a fresh folder with its input files, its calls of models metered. Throws what made a call fail that was not
 * its own doing (then nothing counts against the method), MmmcError `bad_config` for a secret in its environment, the signal's reason
 * on abort.
 */
export async function runProgram(program: Program, host: ProgramHost): Promise<ProgramEnd> {
  const named = program.environment.find((name) => secret.test(name));
  if (named !== undefined)
    throw new MmmcError('bad_config', `a program may not see ${named}: it would hold a key`, {
      hint: 'Let it call models through OPENAI_BASE_URL, which is metered; its key is OPENAI_API_KEY.',
      exitCode: exitCodes.usage,
    });
  const begun = performance.now();
  return withWorkspace(async (space) => {
    for (const [name, content] of Object.entries(program.files)) await space.write(name, content);
    const aside = mkdtempSync(join(tmpdir(), 'mmmc-proxy-'));
    const socket = program.sandboxed ? join(aside, 'proxy.sock') : undefined;
    const proxy = await startProxy(host.proxy, socket);
    try {
      const failed = socket
        ? await boxed(program, host, space, proxy, socket)
        : await freely(program, host, space, proxy);
      host.signal.throwIfAborted();
      for (const name of program.keep) await host.keep(space, name);
      if (proxy.failure !== null && failed !== null) throw proxy.failure;
      return { failed, calls: proxy.calls, wallS: (performance.now() - begun) / 1000 };
    } finally {
      await proxy.close();
      rmSync(aside, { recursive: true, force: true });
    }
  });
}

const environmentOf = (program: Program, proxy: MeteringProxy, port: number | null, folder: string) => ({
  OPENAI_BASE_URL: port === null ? proxy.url : `http://127.0.0.1:${port}/v1`,
  OPENAI_API_KEY: proxy.token,
  MMMC_TOPIC: join(folder, 'topic.json'),
  MMMC_OUT: folder,
  ...program.set,
});

/** In the sandbox: no network, and only the folders that it is shown. Why it failed, or `null`. */
async function boxed(
  program: Program,
  { sandbox, signal }: ProgramHost,
  space: Workspace,
  proxy: MeteringProxy,
  socket: string,
): Promise<string | null> {
  chmodSync(socket, 0o666);
  chmodSync(join(socket, '..'), 0o755);
  await space.write('forward.py', readFileSync(join(import.meta.dirname, 'forward.py')));
  const shown = Object.fromEntries(program.show.map((folder) => [folder, folder]));
  const ran = await sandbox.run({
    argv: ['python3', '-I', 'forward.py', '/proxy.sock', String(insidePort), ...program.argv],
    folder: space.folder,
    readOnly: { ...shown, [socket]: '/proxy.sock' },
    env: environmentOf(program, proxy, insidePort, '/work'),
    limits: {
      cpuSeconds: program.timeoutS,
      wallSeconds: program.timeoutS,
      folderBytes: folderLimit,
      fileBytes: fileLimit,
      folderFiles: 100_000,
      outputBytes: 64 * 1024 ** 2,
    },
    signal,
  });
  if (ran.verdict.kind === 'exit' && ran.verdict.code === 0) return null;
  const said = `${ran.stdout.toString('utf8')}${ran.stderr.toString('utf8')}`.trim().slice(-quoted);
  return `${describeVerdict(ran.verdict)}: ${said || 'it said nothing'}`;
}

/** As a process of ours, with a few names of our environment. Why it failed, or `null`. */
async function freely(
  program: Program,
  { signal }: ProgramHost,
  { folder }: Workspace,
  proxy: MeteringProxy,
): Promise<string | null> {
  const known = [...passed, ...program.environment].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const [command = '', ...args] = program.argv;
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...Object.fromEntries(known), ...environmentOf(program, proxy, null, folder) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-quoted);
    });
  const limit = AbortSignal.timeout(program.timeoutS * 1000);
  const over = AbortSignal.any([signal, limit]);
  const end = () => endGroup(child.pid);
  over.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`it could not be started: ${error.message}`));
      child.once('close', (status, ended) => resolve(`exit ${status ?? ended}`));
    });
    if (limit.aborted) return `no end within ${program.timeoutS} s: ${said.trim() || 'it said nothing'}`;
    return code === 'exit 0' ? null : `${code}: ${said.trim() || 'it said nothing'}`;
  } finally {
    over.removeEventListener('abort', end);
    end();
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Its group is gone already.
  }
}
