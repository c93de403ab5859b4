import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, pythonFolder, requirementsFile } from './paths.mjs';
import { run } from './steps.mjs';

/**
 * Builds the venv under another name and renames it when it is whole, so that an interruption leaves nothing
 * that looks ready. From the system's Python: an interpreter below a home folder cannot be reached in the sandbox.
 */
export async function buildVenv(venv, lock) {
  const folder = pythonFolder(venv);
  const building = `${folder}.building`;
  const env = { PYTHONPATH: undefined, PYTHONHOME: undefined, PIP_USER: undefined };
  const python = join(building, 'bin', 'python');
  mkdirSync(cacheFolder(), { recursive: true });
  rmSync(building, { recursive: true, force: true });
  await run([existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3', '-m', 'venv', building], {
    env,
    lock,
  });
  const pip = ['-m', 'pip', 'install', '--no-compile', '--no-input', '--disable-pip-version-check'];
  await run([python, ...pip, '-r', requirementsFile(venv)], { env, lock });
  // The sandbox shows the venv read-only: what is not compiled now would be compiled at each start.
  await run([python, '-m', 'compileall', '-q', '-j', '0', join(building, 'lib')], { env, lock });
  nameScripts(building, folder);
  await run(['chmod', '-R', 'go+rX', building]);
  rmSync(folder, { recursive: true, force: true });
  renameSync(building, folder);
}

/** Scripts carry their interpreter's path; it changes with the folder's name. */
function nameScripts(building, folder) {
  for (const name of readdirSync(join(building, 'bin'))) {
    const file = join(building, 'bin', name);
    if (!lstatSync(file).isFile()) continue;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(building, folder));
  }
}
