#!/usr/bin/env node
import { accessSync, constants, mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  commandsToType,
  installPackages,
  isDebianLike,
  missingPackages,
  rootPrefix,
  updateLists,
} from './debian.mjs';
import { takeLock } from './lock.mjs';
import { installNpmPackages, nodeProblem, packagesReady } from './npm.mjs';
import { cacheFolder, pythonFolder, pythonReady } from './paths.mjs';
import { buildVenv } from './python.mjs';
import { endChildrenOnSignals, say, step } from './steps.mjs';

// Runs on the system's Node (>= 18) before node_modules exists, so it uses nothing but Node.

/**
 * Brings what is missing and nothing else. What is there is looked at each time (it takes a few hundredths of
 * a second), so nothing remembered can be wrong. Returns 0, or 4 when something that rendering needs is missing.
 */
export async function setUp({ tests = false } = {}) {
  if (isComplete(survey(tests))) {
    say('set-up: everything is there');
    return 0;
  }
  const dispose = endChildrenOnSignals();
  try {
    process.umask(0o022);
    ensureWritable(cacheFolder());
    const lock = await takeLock();
    await install(survey(tests), lock);
  } finally {
    dispose();
  }
  return conclude(survey(tests));
}

/** What is missing now. */
function survey(tests) {
  const packages = missingPackages(tests ? ['base', 'tex', 'test'] : ['base', 'tex']);
  return {
    npm: !packagesReady(),
    packages,
    python: !pythonReady(),
    statistics: tests && !pythonReady('statistics'),
    node: nodeProblem(),
  };
}

function isComplete({ npm, packages, python, statistics, node }) {
  return !npm && !python && !statistics && node === '' && Object.keys(packages).length === 0;
}

/** Independent steps run side by side: npm beside apt, LaTeX beside Python. Python compiles against the base packages. */
async function install(todo, lock) {
  const prefix = isDebianLike() ? rootPrefix() : null;
  const lists = prefix === null ? {} : todo.packages;
  const npm = todo.npm ? step('npm packages', () => installNpmPackages(lock), 'npm ci') : undefined;
  if (Object.keys(lists).length > 0)
    await step('Debian package lists', () => updateLists(prefix), 'apt-get update');
  await installList(prefix, lists, 'base');
  const python = (todo.python || todo.statistics) && canBuild() ? installPython(todo, lock) : undefined;
  await installList(prefix, lists, 'tex');
  await installList(prefix, lists, 'test');
  await Promise.all([npm, python]);
}

async function installPython({ python, statistics }, lock) {
  if (python) await step('Python packages', () => buildVenv('python', lock), pythonFolder());
  if (statistics)
    await step(
      'Python packages for tests of statistics',
      () => buildVenv('statistics', lock),
      pythonFolder('statistics'),
    );
}

async function installList(prefix, lists, name) {
  const items = lists[name];
  if (!items) return;
  await step(`Debian packages (${name})`, () => installPackages(prefix, name, items), items.join(' '));
}

/** Without the base packages pip would fail after a minute with a page of compiler output. */
function canBuild() {
  const { base } = missingPackages(['base']);
  if (!base || !isDebianLike()) return true;
  say('Python: waits for the Debian packages');
  return false;
}

/** Says what is still missing and what to type. */
function conclude({ npm, packages, python, statistics, node }) {
  const missing = Object.entries(packages).filter(([name]) => name !== 'test');
  const open = [
    ...(npm ? ['npm packages (npm ci)'] : []),
    ...(node === '' ? [] : [node]),
    ...missing.map(([, items]) => `${isDebianLike() ? 'Debian packages' : 'programs'}: ${items.join(' ')}`),
    ...(python ? [`Python packages with Manim in ${pythonFolder()}`] : []),
  ];
  if (packages.test) say(`only tests need it, missing: ${packages.test.join(' ')}`);
  if (statistics) say(`only tests need it, missing: ${pythonFolder('statistics')}`);
  if (open.length === 0) {
    say('set-up: done');
    return 0;
  }
  say('set-up: not complete');
  const lines = [...open.map((item) => `  missing: ${item}`), ...advice(packages)];
  process.stderr.write(`${lines.join('\n')}\n`);
  return 4;
}

function advice(packages) {
  if (!isDebianLike()) {
    return [
      'This system has no apt, so nothing was installed for it. Install the above by its own means and try again.',
      'Without them there is no rendering; data sets, scoring of imported videos and reports work.',
    ];
  }
  const commands = commandsToType(packages);
  if (commands.length === 0) return ['Type the same command again; what is done already is kept.'];
  return ['Type this, then the same command again:', ...commands.map((command) => `  ${command}`)];
}

function ensureWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Error(
      `cannot write to the cache folder ${folder}: ${error.message}\nSet MMMC_CACHE to a folder of yours.`,
    );
  }
}

/** `setUp` for a program's start: a failure is printed, never thrown. */
export async function setUpOrSay(options) {
  try {
    return await setUp(options);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 4;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await setUpOrSay({ tests: process.argv.includes('--tests') });
}
