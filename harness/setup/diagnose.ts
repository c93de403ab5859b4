import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { commandsToType, isDebianLike, type ListName, missingPackages } from './debian.mjs';
import { type Diagnosis, diagnose } from './diagnosis.ts';
import { nodeProblem, packagesReady } from './npm.mjs';
import { cacheFolder, projectFolder, pythonFolder, pythonReady } from './paths.mjs';
import { chromiumProgram, probeOfficialData, probeSandbox } from './probe.ts';
import { firstLine, versionOf } from './versions.ts';

const setup = 'npm run setup';

/** Looks at everything that the project stands on, all at once. Never throws for what is missing. */
export async function doctor(): Promise<Diagnosis[]> {
  const looked = await Promise.all([
    node(),
    npmPackages(),
    program('LaTeX', 'tex', ['latex', '--version'], /TeX Live \d+/),
    program('dvisvgm', 'tex', ['dvisvgm', '--version']),
    program('ffmpeg', 'base', ['ffmpeg', '-version']),
    program('bubblewrap', 'base', ['bwrap', '--version']),
    sandbox(),
    python(),
    program('tesseract', 'base', ['tesseract', '--version']),
    tesseractEnglish(),
    font('DejaVu Sans', 'fonts-dejavu-core'),
    font('Noto Sans CJK SC', 'fonts-noto-cjk'),
    packages(),
    program('Chromium (tests)', 'test', [chromiumProgram, '--version']),
    diskSpace('disk, clone', projectFolder, 1),
    diskSpace('disk, cache', cacheFolder(), 1),
    officialData(),
  ]);
  return looked;
}

function node(): Diagnosis {
  const problem = nodeProblem();
  return diagnose('Node', problem === '' ? { found: process.versions.node } : { problem, mend: setup });
}

function npmPackages(): Diagnosis {
  const found = 'as in package-lock.json';
  const problem = 'node_modules is not what package-lock.json asks for';
  return diagnose('npm packages', packagesReady() ? { found } : { problem, mend: setup });
}

/** Started with its version, and no more: that it runs at all is what is asked. */
async function program(name: string, list: ListName, argv: string[], pattern?: RegExp): Promise<Diagnosis> {
  const found = await versionOf(argv, pattern);
  if (found !== undefined) return diagnose(name, { found });
  return diagnose(name, { problem: 'does not start', mend: mendList(list), optional: list === 'test' });
}

/** The whole list is named, so that one command brings it all. */
function mendList(list: ListName): string {
  if (!isDebianLike()) return "install it with this system's package manager";
  return list === 'test' ? `${setup} -- --tests` : setup;
}

function packages(): Diagnosis {
  const missing = missingPackages(['base', 'tex']);
  const names = Object.values(missing).flat();
  if (names.length === 0) return diagnose('system packages', { found: 'all of the lists' });
  const mend = isDebianLike() ? commandsToType(missing).join(' && ') : mendList('base');
  return diagnose('system packages', { problem: `missing: ${names.join(' ')}`, mend });
}

function sandbox(): Diagnosis {
  const problem = probeSandbox();
  if (problem === '') return diagnose('sandbox', { found: 'starts' });
  return diagnose('sandbox', { problem: firstLine(problem), mend: sandboxRemedy(problem) });
}

/** What the usual refusals of bubblewrap mean. */
function sandboxRemedy(problem: string): string {
  if (/ENOENT|No such file/.test(problem)) return mendList('base');
  if (/uid map: Permission denied/.test(problem)) {
    return 'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0';
  }
  if (/max_.*_namespaces|ENOSPC/.test(problem)) return 'sudo sysctl user.max_user_namespaces=10000';
  return 'allow unprivileged user namespaces (in Docker: --security-opt seccomp=unconfined)';
}

async function python(): Promise<Diagnosis> {
  const name = 'Python and Manim';
  const folder = pythonFolder();
  if (!pythonReady()) return diagnose(name, { problem: `no ${folder}`, mend: setup });
  const script =
    'import sys; from importlib.metadata import version; import manim; print(sys.version.split()[0], version("manim"))';
  const found = await versionOf([join(folder, 'bin/python'), '-c', script], /.+/);
  if (found !== undefined) {
    return diagnose(name, { found: `Python ${found.replace(' ', ', Manim ')}` });
  }
  return diagnose(name, { problem: 'import manim fails', mend: `rm -r ${folder} && ${setup}` });
}

async function tesseractEnglish(): Promise<Diagnosis> {
  const found = await versionOf(['tesseract', '--list-langs'], /^eng$/m);
  if (found !== undefined) return diagnose('tesseract: English', { found });
  return diagnose('tesseract: English', { problem: 'no data for eng', mend: mendList('base') });
}

async function font(family: string, debianPackage: string): Promise<Diagnosis> {
  const found = await versionOf(['fc-list', `:family=${family}`, 'family'], /.+/);
  if (found) return diagnose(`font ${family}`, { found: 'there' });
  return diagnose(`font ${family}`, { problem: `not found (${debianPackage})`, mend: mendList('base') });
}

/** Free space for bundles, and for the cache. */
async function diskSpace(name: string, folder: string, neededGb: number): Promise<Diagnosis> {
  const { bavail, bsize } = await statfs(existsSync(folder) ? folder : projectFolder);
  const free = (bavail * bsize) / 1e9;
  const found = `${free.toFixed(1)} GB free`;
  return diagnose(
    name,
    free >= neededGb ? { found } : { problem: found, mend: `free some space in ${folder}` },
  );
}

function officialData(): Diagnosis {
  const name = 'released MMMC data';
  const problem = probeOfficialData();
  if (problem === '') return diagnose(name, { found: 'there' });
  return diagnose(name, {
    problem,
    mend: 'put its files there, to compare with the release',
    optional: true,
  });
}
