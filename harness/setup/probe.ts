import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, pythonFolder, pythonReady } from './paths.mjs';

/** Debian's browser, for tests of reports. */
export const chromiumProgram = '/usr/bin/chromium';

/** Data of the released benchmark, beside the clone; used by tests when it is there. */
export const officialDataFolder = join(projectFolder, '../shared/mmmc-official');

/** An empty string when it works, else the reason why not. */
export type Probe = () => string;

/**
 * Starts the smallest sandbox of the kind that jobs get: a user namespace that can make no further ones,
 * and never with root's own user id.
 */
export function probeSandbox(): string {
  const drop =
    process.getuid?.() === 0 ? ['setpriv', '--reuid=65000', '--regid=65000', '--clear-groups'] : [];
  const [program = '', ...args] = [
    ...drop,
    'bwrap',
    ...['--unshare-user', '--disable-userns', '--unshare-pid', '--unshare-net', '--die-with-parent'],
    ...['--ro-bind', '/usr', '/usr', '--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64'],
    ...['--proc', '/proc', '--', '/usr/bin/true'],
  ];
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  if (result.status === 0) return '';
  return result.stderr?.trim() || result.error?.message || `bwrap ended with ${result.status}`;
}

/** Whether the Python venv with Manim, LaTeX and ffmpeg are there. */
export function probeManim(): string {
  if (!pythonReady()) return `no Python packages in ${pythonFolder()}`;
  const missing = ['latex', 'dvisvgm', 'ffmpeg'].filter((name) => findProgram(name) === undefined);
  return missing.length === 0 ? '' : `missing: ${missing.join(', ')}`;
}

/** Whether the Python venv is there that statistics are tested against. */
export function probeStatistics(): string {
  return pythonReady('statistics') ? '' : `no Python packages in ${pythonFolder('statistics')}`;
}

export function probeChromium(): string {
  return existsSync(chromiumProgram) ? '' : `no ${chromiumProgram}`;
}

export function probeOfficialData(): string {
  return existsSync(officialDataFolder) ? '' : `no ${officialDataFolder}`;
}

/** The full path of a program on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
