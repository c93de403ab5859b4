import { execFile } from 'node:child_process';

/** Milliseconds after which a program that only says its version is given up. */
const patience = 20_000;

/**
 * What a command prints that matches `pattern` (the first number by default), or undefined when it does not
 * start, ends badly or prints no such thing.
 */
export function versionOf([program = '', ...args]: readonly string[], pattern = /\d[\w.]*/) {
  return new Promise<string | undefined>((resolve) => {
    execFile(program, args, { timeout: patience }, (error, stdout, stderr) => {
      resolve(error ? undefined : `${stdout}${stderr}`.match(pattern)?.[0]);
    });
  });
}

/** The first line of a longer text. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
