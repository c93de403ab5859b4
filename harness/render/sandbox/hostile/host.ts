import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harnessIsRoot, jobUser } from '../job-user.ts';
import type { Bait } from './table.ts';

/** The word that no program inside may find. */
export const secret = 'canary-of-the-host';

/** The host's side of the tests: things that a program would change or reach if it got out. */
export interface Host {
  bait: Bait;
  /** What has happened to the bait, in words; an empty list when all is well. */
  harm(): Promise<string[]>;
  close(): Promise<void>;
}

/** Lays out a process of the job's own user, a file that everybody may write, and listeners. */
export async function layBait(): Promise<Host> {
  const folder = await mkdtemp(join(tmpdir(), 'mmmc-canary-'));
  await chmod(folder, 0o755);
  const canaryFile = join(folder, 'canary');
  await writeFile(canaryFile, secret);
  await chmod(canaryFile, 0o666);
  const user = harnessIsRoot() ? { uid: jobUser, gid: jobUser } : {};
  const canary = spawn('sleep', ['600'], { ...user, stdio: 'ignore', cwd: '/' });
  let visits = 0;
  const listen = () => createServer(() => visits++);
  const abstractSocket = `mmmc-canary-${process.pid}`;
  const socketFile = join(folder, 'socket');
  const servers = [listen(), listen(), listen()];
  const [overTcp, overName, overFile] = servers;
  await Promise.all([
    listening(overTcp, 0),
    listening(overName, `\0${abstractSocket}`),
    listening(overFile, socketFile),
  ]);
  await chmod(socketFile, 0o777);
  const address = overTcp?.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    bait: { port, abstractSocket, socketFile, canaryFile },
    async harm() {
      const found = visits > 0 ? [`${visits} visits`] : [];
      if (hasEnded(canary)) found.push('the canary process has ended');
      if ((await readFile(canaryFile, 'utf8')) !== secret) found.push('the canary file has changed');
      return found;
    },
    async close() {
      canary.kill('SIGKILL');
      for (const server of servers) server.close();
      await rm(folder, { recursive: true });
    },
  };
}

function listening(server: Server | undefined, where: number | string): Promise<void> {
  return new Promise((resolve, reject) => {
    server?.once('error', reject);
    if (typeof where === 'number') server?.listen(where, '127.0.0.1', resolve);
    else server?.listen(where, resolve);
  });
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Pids of the host that carry a mark in their environment, as every process of a marked job does. */
export function carriers(mark: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(mark));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // it has ended, or belongs to somebody else
  }
}
