import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeFolder } from '../job-folder.ts';
import { harnessIsRoot, jobUser } from '../job-user.ts';

const sources = ['zygote.py', 'isolate.py', 'program.py'] as const;

/** Folders of one warm sandbox on the host. */
export interface WarmFiles {
  /** Job folders lie in it. */
  jobs: string;
  /** Our Python code; each warm process gets a socket of its own beside it. */
  control: string;
}

/** Folders that go when this process ends. */
const made = new Set<string>();
let listening = false;

function removeAtExit(folder: string): void {
  if (!listening) {
    process.once('exit', () => {
      for (const path of made) removeNow(path);
    });
  }
  listening = true;
  made.add(folder);
}

/** Removes them before that. */
export async function removeFiles(files: WarmFiles): Promise<void> {
  const base = dirname(files.jobs);
  await removeFolder(base);
  made.delete(base);
}

function removeNow(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // A job that was cut off left paths too long for one call; `removeAbandonedFolders` gets them later.
  }
}

/** Makes the folders; they go when this process ends, or after an hour when it was killed. */
export function makeFiles(): WarmFiles {
  const base = mkdtempSync(join(tmpdir(), `mmmc-job-${process.pid}-warm-`));
  removeAtExit(base);
  chmodSync(base, 0o755);
  const [jobs, control] = [join(base, 'jobs'), join(base, 'control')];
  mkdirSync(jobs, { mode: 0o711 });
  mkdirSync(control, { mode: 0o700 });
  if (harnessIsRoot()) chownSync(control, jobUser, jobUser);
  for (const name of sources)
    writeFileSync(join(control, name), readFileSync(new URL(name, import.meta.url)));
  return { jobs, control };
}
