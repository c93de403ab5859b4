import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Artifact } from './events.ts';
import { sha256File } from './hash.ts';

/** A file of the bundle with its content hash. */
export async function artifactOf(bundleFolder: string, path: string): Promise<Artifact> {
  return { path: relative(bundleFolder, path), sha256: await sha256File(path), bytes: statSync(path).size };
}

/** All regular files below a folder, in order of path; files that a kill left half-written are passed over. */
export async function artifactsBelow(bundleFolder: string, folder: string): Promise<Artifact[]> {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((e) => e.isFile() && !/\.(tmp|part)$/.test(e.name))
    .map((e) => join(e.parentPath, e.name));
  return Promise.all(paths.sort().map((path) => artifactOf(bundleFolder, path)));
}

/** Is the file there and its content what the hash says? */
export function isIntact(path: string, sha256: string): boolean {
  return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === sha256;
}
