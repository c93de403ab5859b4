import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';

export interface FolderSize {
  bytes: number;
  files: number;
}

const slash = Buffer.from('/');

/**
 * Disk space and entries below a folder that somebody is writing to. Stops counting beyond `maxFiles`. What cannot
 * be looked into (no right, path too long for the kernel) counts as endless: it could hide anything.
 */
export async function measureFolder(folder: string, maxFiles: number): Promise<FolderSize> {
  const size = { bytes: 0, files: 0 };
  const queue = [Buffer.from(folder)];
  for (let next = queue.pop(); next && size.files <= maxFiles; next = queue.pop()) {
    const entries = await list(next);
    size.files += entries === 'hidden' ? Number.POSITIVE_INFINITY : entries.length;
    if (entries === 'hidden' || size.files > maxFiles) break;
    for (const entry of entries) {
      const path = Buffer.concat([next, slash, entry.name]);
      if (entry.isDirectory()) queue.push(path);
      else size.bytes += await diskBytes(path);
    }
  }
  return size;
}

async function list(folder: Buffer): Promise<Dirent<Buffer>[] | 'hidden'> {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    return isGone(error) ? [] : 'hidden';
  }
}

async function diskBytes(path: Buffer): Promise<number> {
  try {
    return (await lstat(path)).blocks * 512;
  } catch {
    return 0; // Removed meanwhile, or a name too long for the kernel in a folder that counts already.
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
