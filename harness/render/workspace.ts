import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collect } from './sandbox/collect.ts';
import { withJobFolder } from './sandbox/job-folder.ts';

/** A fresh folder for one sandboxed program: inputs are copied in, checked files are copied out. */
export interface Workspace {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Copies a host file in: the sandbox's user may not reach it where it lies. */
  copyIn(name: string, hostFile: string): Promise<void>;
  /** Copies a regular file of at most `maxBytes` out; false where there is none. */
  copyOut(name: string, target: string, maxBytes: number): Promise<boolean>;
  /** The bytes of such a file; null where there is none. */
  read(name: string, maxBytes: number): Promise<Buffer | null>;
}

function workspaceIn(folder: string): Workspace {
  async function placeFor(name: string): Promise<string> {
    const place = join(folder, name);
    await mkdir(dirname(place), { recursive: true });
    return place;
  }
  const copyOut = async (name: string, target: string, maxBytes: number) =>
    (await collect(folder, name, target, { maxBytes })).ok;
  return {
    folder,
    write: async (name, content) => writeFile(await placeFor(name), content, { mode: 0o644 }),
    copyIn: async (name, hostFile) => copyFile(hostFile, await placeFor(name)),
    copyOut,
    read: async (name, maxBytes) =>
      withJobFolder(async (aside) => {
        const copy = join(aside, 'copy');
        return (await copyOut(name, copy, maxBytes)) ? readFile(copy) : null;
      }),
  };
}

/** Gives `use` a workspace, in `parent` if that is given, and removes it afterwards, whatever happened. */
export function withWorkspace<T>(use: (space: Workspace) => Promise<T>, parent?: string): Promise<T> {
  return withJobFolder((folder) => use(workspaceIn(folder)), parent);
}
