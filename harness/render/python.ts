import { join } from 'node:path';
import { pythonFolder, pythonReady } from '../setup/paths.mjs';
import { exitCodes, MmmcError } from '../store/errors.ts';

/** The venv with Manim that set-up made; MmmcError `no_manim` (exit 4) where there is none. */
export function pythonVenv(): string {
  const venv = pythonFolder();
  if (pythonReady()) return venv;
  throw new MmmcError('no_manim', `Manim is not installed: there is no Python in ${venv}`, {
    exitCode: exitCodes.prerequisite,
    hint: 'Type `npm run setup`, then the same command again.',
  });
}

/** The interpreter of a venv. */
export function pythonProgram(venv: string): string {
  return join(venv, 'bin', 'python');
}
