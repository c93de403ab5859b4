import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { harnessIsRoot, jobUser } from './job-user.ts';

const run = promisify(execFile);
const namePattern = /^mmmc-job-(\d+)-/;

/**
 * Gives `use` a fresh folder in `parent`, the system's temporary folder, that belongs to the job's user, and removes
 * it afterwards, whatever a job left in it.
 *
 * @example await withJobFolder(async (folder) => { await writeFile(join(folder, 'scene.py'), code); ... })
 */
export async function withJobFolder<T>(
  use: (folder: string) => Promise<T>,
  parent: string = tmpdir(),
): Promise<T> {
  const folder = await mkdtemp(join(parent, `mmmc-job-${process.pid}-`));
  try {
    await giveToJobUser(folder);
    return await use(folder);
  } finally {
    await removeFolder(folder);
  }
}

/** The folder itself; what the harness puts into it stays the harness's own and can only be read. */
export async function giveToJobUser(folder: string): Promise<void> {
  if (harnessIsRoot()) await chown(folder, jobUser, jobUser);
}

/**
 * Removes a folder that hostile code filled: paths longer than the kernel takes in one call and folders
 * without any right are left to the system's own tools, which go down step by step.
 */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    await run('chmod', ['-R', 'u+rwX', '--', path]).catch(() => {}); // rm says what stays impossible
    await run('rm', ['-rf', '--', path]);
  }
}

/** An hour without a change, and its process is gone: nobody will come back for it. */
const abandonedMs = 3_600_000;

/** Removes job folders whose harness was killed. */
export async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(namePattern.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid || isAlive(pid)) continue;
    const path = join(tmpdir(), name);
    const found = await stat(path).catch(() => undefined); // another harness was faster
    const ours = found !== undefined && (harnessIsRoot() || found.uid === process.getuid?.());
    if (ours && Date.now() - found.mtimeMs > abandonedMs) await removeFolder(path);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
