import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Why a file was not taken. */
export type Refusal =
  | 'bad path'
  | 'missing'
  | 'not in a plain folder'
  | 'a link'
  | 'not a regular file'
  | 'hard-linked'
  | 'empty'
  | 'too big'
  | 'sparse'
  | 'changed meanwhile'
  | 'not an mp4';

export type Collected = { ok: true; bytes: number } | { ok: false; reason: Refusal };

class Refused extends Error {
  readonly reason: Refusal;
  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Copies one file out of a job's folder after the job has ended, and nothing that only looks like one. `path` is
 * relative and fixed by the caller; `target` appears whole or not at all. Throws only when `target` cannot be written.
 *
 * @example await collect(folder, 'video.mp4', target, { maxBytes: 200e6, mp4: true })
 */
export async function collect(
  folder: string,
  path: string,
  target: string,
  options: { maxBytes: number; mp4?: boolean },
): Promise<Collected> {
  try {
    return { ok: true, bytes: await take(folder, path, target, options) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason };
    throw error;
  }
}

async function take(
  folder: string,
  path: string,
  target: string,
  options: { maxBytes: number; mp4?: boolean },
) {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) throw new Refused('bad path');
  for (let depth = 1; depth < parts.length; depth++) {
    const above = await look(join(folder, ...parts.slice(0, depth)));
    if (!above.isDirectory()) throw new Refused('not in a plain folder');
  }
  const source = join(folder, path);
  const seen = await look(source);
  if (seen.isSymbolicLink()) throw new Refused('a link');
  if (!seen.isFile()) throw new Refused('not a regular file');
  const handle = await openPlain(source);
  try {
    const bytes = await inspect(handle, seen, options);
    await copyOut(handle, bytes, target);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Never more than was measured, even where somebody still writes. */
async function copyOut(handle: FileHandle, bytes: number, target: string): Promise<void> {
  const part = join(dirname(target), `.${randomUUID()}.part`);
  try {
    const copy = createWriteStream(part, { flags: 'wx', mode: 0o644 });
    await pipeline(handle.createReadStream({ start: 0, end: bytes - 1, autoClose: false }), copy);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function look(path: string) {
  try {
    return await lstat(path);
  } catch (cause) {
    throw new Refused(
      cause instanceof Error && /ENOENT/.test(cause.message) ? 'missing' : 'not in a plain folder',
    );
  }
}

/** Follows no link and waits for nobody at the other end of a pipe. */
async function openPlain(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    throw new Refused('changed meanwhile');
  }
}

async function inspect(
  handle: FileHandle,
  seen: { ino: number; dev: number },
  { maxBytes, mp4 = false }: { maxBytes: number; mp4?: boolean },
): Promise<number> {
  const stats = await handle.stat();
  if (stats.ino !== seen.ino || stats.dev !== seen.dev || !stats.isFile())
    throw new Refused('changed meanwhile');
  if (stats.nlink !== 1) throw new Refused('hard-linked');
  if (stats.size === 0) throw new Refused('empty');
  if (stats.size > maxBytes) throw new Refused('too big');
  if (await isSparse(handle, stats)) throw new Refused('sparse');
  if (mp4 && !(await isMp4(handle))) throw new Refused('not an mp4');
  return stats.size;
}

/** Much less on disk than its size says. Some file systems count blocks only once they are written out. */
async function isSparse(handle: FileHandle, stats: { size: number; blocks: number }): Promise<boolean> {
  const suspicious = ({ size, blocks }: { size: number; blocks: number }) =>
    size > 65_536 && blocks * 512 < size / 4;
  if (!suspicious(stats)) return false;
  await handle.datasync();
  return suspicious(await handle.stat());
}

/** An ISO base media file begins with a box of type `ftyp` (ISO/IEC 14496-12); a playlist or script does not. */
async function isMp4(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
  return bytesRead === 8 && buffer.toString('latin1', 4) === 'ftyp';
}
