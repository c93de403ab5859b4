import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** Makes apt ready: ends what an interruption left half installed, and fetches the lists of packages. */
export async function prepareApt(prefix) {
  if (readdirSync('/var/lib/dpkg/updates').length > 0) await run([...prefix, 'dpkg', '--configure', '-a']);
  try {
    await run([...prefix, 'apt-get', 'update', ...aptOptions]);
  } catch (error) {
    // One broken source among several need not matter: what is known may be enough.
    say(`apt-get update did not succeed, going on with the lists that are there\n${error.message}`);
  }
}

/** Installs the packages. Waits for another apt rather than failing. */
export async function installPackages(prefix, name, items) {
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const command = ['apt-get', 'install', '-y', '-q', ...aptOptions, ...lists[name].options, ...items];
  await run([...prefix, ...environment, ...command]);
}

const aptOptions = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'];
