import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';
import { findProgram, run, say, succeeds } from './steps.mjs';

const statusFile = '/var/lib/dpkg/status';

/** Lists of packages, in the order in which they are installed. Python waits for the first one only. */
export const lists = {
  base: { file: 'debian-base.txt', options: [] },
  tex: { file: 'debian-tex.txt', options: ['--no-install-recommends'] },
  test: { file: 'debian-test.txt', options: ['--no-install-recommends'] },
};

/** Programs that stand for the packages where there is no dpkg to ask. */
const programs = {
  base: ['ffmpeg', 'ffprobe', 'bwrap', 'tesseract', 'pkg-config', 'fc-list'],
  tex: ['latex', 'dvisvgm'],
  test: ['chromium'],
};

export function isDebianLike() {
  return existsSync(statusFile) && findProgram('apt-get') !== undefined;
}

/** What is missing of the lists: Debian packages, or programs on a system without dpkg. By list name. */
export function missingPackages(names) {
  if (!isDebianLike()) {
    return missingOf(names, (name) => programs[name].filter((program) => findProgram(program) === undefined));
  }
  const status = readFileSync(statusFile, 'utf8');
  return missingOf(names, (name) => readList(name).filter((item) => !isInstalled(status, item)));
}

function missingOf(names, missing) {
  const found = names.map((name) => [name, missing(name)]);
  return Object.fromEntries(found.filter(([, items]) => items.length > 0));
}

function readList(name) {
  const lines = readFileSync(join(projectFolder, 'harness/setup/lists', lists[name].file), 'utf8').split(
    '\n',
  );
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

function isInstalled(status, item) {
  const name = item.replace(/[.+]/g, '\\$&');
  return new RegExp(`^Package: ${name}\nStatus: \\S+ ok installed$`, 'm').test(status);
}

/** How to become root: nothing to add, `sudo -n`, or null when there is no way without a password. */
export function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return findProgram('sudo') && succeeds(['sudo', '-n', 'true']) ? ['sudo', '-n'] : null;
}

/** Commands for a person to type. */
export function commandsToType(missing) {
  const installs = Object.entries(missing).map(
    ([name, items]) => `sudo ${['apt-get', 'install', '-y', ...lists[name].options, ...items].join(' ')}`,
  );
  return installs.length === 0 ? [] : ['sudo apt-get update', ...installs];
}

/** Fetches the lists of packages. */
export async function updateLists(prefix) {
  try {
    await run([...prefix, 'apt-get', 'update', ...aptOptions]);
  } catch (error) {
    // One broken source among several need not matter: what is known may be enough.
    say(`apt-get update did not succeed, going on with the lists that are there\n${error.message}`);
  }
}

/** Installs the packages. Waits for another apt; what an interruption left half installed is mended. */
export async function installPackages(prefix, name, items) {
  const asRoot = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8'];
  const install = [...asRoot, 'apt-get', 'install', '-y', '-q', ...aptOptions, ...lists[name].options];
  try {
    await run([...install, ...items]);
  } catch (error) {
    if (!error.message.includes('dpkg --configure -a')) throw error;
    await configureRest(asRoot);
    await run([...install, ...items]);
  }
  const broken = halfInstalled();
  if (broken.length > 0) await run([...install, '--reinstall', ...broken]);
}

/** Packages whose unpacking was cut short: apt takes them for installed, dpkg does not. */
function halfInstalled() {
  const status = readFileSync(statusFile, 'utf8');
  return [...status.matchAll(/^Package: (\S+)\nStatus: \S+ reinstreq /gm)].map(([, name]) => name);
}

/** dpkg outlives an apt that was killed and holds its lock until it is done. */
async function configureRest(asRoot, patience = 120) {
  try {
    await run([...asRoot, 'dpkg', '--force-confdef', '--force-confold', '--configure', '-a']);
  } catch (error) {
    if (patience === 0 || !error.message.includes('lock')) throw error;
    await new Promise((done) => setTimeout(done, 2000));
    await configureRest(asRoot, patience - 1);
  }
}

const aptOptions = [
  ...['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'],
  // A configuration file that somebody changed is kept; nobody is there to answer the question.
  ...['-o', 'Dpkg::Options::=--force-confdef', '-o', 'Dpkg::Options::=--force-confold'],
];
