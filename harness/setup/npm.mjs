import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeIsNewEnough, projectFolder, projectNode } from './paths.mjs';
import { run } from './steps.mjs';

/**
 * Whether node_modules is what package-lock.json asks for. npm writes its own lock file into node_modules
 * when it is done; it is compared with ours, and each package's folder must still be there.
 */
export function packagesReady() {
  const installedFile = join(projectFolder, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = readPackages(join(projectFolder, 'package-lock.json'));
  const installed = readPackages(installedFile);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    // Packages for other systems, and what only those need, are in our lock file only.
    if (installed[path] === undefined) return entry.optional === true && !isForThisSystem(entry);
    return installed[path].version === entry.version && existsSync(join(projectFolder, path));
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function isForThisSystem({ os, cpu, libc }) {
  if (os === undefined || cpu === undefined || libc?.includes('glibc') === false) return false;
  return os.includes(process.platform) && cpu.includes(process.arch);
}

export async function installNpmPackages(lock) {
  const argv = ['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  await run(argv, { cwd: projectFolder, lock });
}

/** What is wrong with the project's Node, or an empty string. */
export function nodeProblem() {
  if (projectNode() !== process.execPath || nodeIsNewEnough()) return '';
  return `Node 24 or newer is needed and this is ${process.versions.node}: no build of it came with the npm packages for ${process.platform} ${process.arch}, install it from nodejs.org`;
}
