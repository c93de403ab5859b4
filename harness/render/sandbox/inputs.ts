import { constants, copyFile, link, lstat, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MmmcError } from '../../store/errors.ts';
import { giveToJobUser, removeFolder } from './job-folder.ts';
import { harnessIsRoot, jobUser } from './job-user.ts';

/** What lay in a job's folder before its run, kept for a second run. */
export interface Inputs {
  /** Empties the folder and puts the inputs back. */
  restore(): Promise<void>;
  forget(): Promise<void>;
}

/**
 * Keeps the files of `folder` beside it. Only plain files and folders can be inputs; MmmcError `sandbox_failed`
 * for anything else, which means that a program has already run there.
 */
export async function keepInputs(folder: string): Promise<Inputs> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const aside = `${folder}.inputs`;
  const paths = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (entry.isFile() || entry.isDirectory()) return { path, isFile: entry.isFile() };
    throw new MmmcError('sandbox_failed', `${path} in a job's folder is neither a file nor a folder`);
  });
  await transfer(paths, folder, aside);
  return {
    async restore() {
      await removeFolder(folder);
      await mkdir(folder, { mode: 0o700 });
      await giveToJobUser(folder);
      await transfer(paths, aside, folder);
    },
    forget: () => removeFolder(aside),
  };
}

async function transfer(paths: readonly { path: string; isFile: boolean }[], from: string, to: string) {
  for (const { path, isFile } of paths) {
    const target = join(to, path);
    await mkdir(isFile ? dirname(target) : target, { recursive: true });
    if (isFile) await duplicate(join(from, path), target);
  }
}

/** A file that the job's user does not own cannot be changed by it, so another name for it is as good as a copy. */
async function duplicate(source: string, target: string): Promise<void> {
  const owner = (await lstat(source)).uid;
  if (harnessIsRoot() && owner !== jobUser) await link(source, target);
  else await copyFile(source, target, constants.COPYFILE_FICLONE);
}
