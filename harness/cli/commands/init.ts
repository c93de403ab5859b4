import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../store/errors.ts';

const templates = join(import.meta.dirname, '../templates');
const moduleFile = join(import.meta.dirname, '../../../baselines/module.ts');

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('what', { choices: ['method', 'experiment'] as const, demandOption: true })
    .positional('path', { type: 'string', describe: 'a folder, or the file to write', default: '.' });
}

const schema = z.object({ what: z.enum(['method', 'experiment']), path: z.string() });

/** Writes a template that runs as it is. Nothing is written over. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { what, path } = schema.parse(args);
  const template = what === 'method' ? 'my-method.ts' : 'experiment.yaml';
  const isFolder = /[/\\]$|^\.{0,2}$/.test(path) || (existsSync(path) && statSync(path).isDirectory());
  const target = resolve(isFolder || !/\.\w+$/.test(path) ? join(path, template) : path);
  if (existsSync(target))
    throw new MmmcError('exists', `${target} exists`, {
      hint: 'Name another file: nothing is written over.',
      exitCode: exitCodes.usage,
    });
  mkdirSync(dirname(target), { recursive: true });
  const content = readFileSync(join(templates, template), 'utf8');
  writeFileSync(target, what === 'method' ? withImport(content, dirname(target)) : content);
  process.stdout.write(
    what === 'method'
      ? `${target}\nName it in an experiment beside it: methods: [{ use: ./${relative(dirname(target), target)} }]\n`
      : `${target}\nTry it: mmmc run ${relative('.', target)}\n`,
  );
  return exitCodes.done;
}

/** The method imports the harness from where it lies. */
function withImport(content: string, folder: string): string {
  const path = relative(folder, moduleFile).split('\\').join('/');
  return content.replace(/'[./]+\/baselines\/module\.ts'/, `'${path.startsWith('.') ? path : `./${path}`}'`);
}
