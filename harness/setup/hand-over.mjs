import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program in our place: same terminal, its exit code, signals passed on. A terminal sends Ctrl-C to
 * the whole group, so that one is only passed on where no terminal did.
 */
export function handOver(argv, env = process.env) {
  return new Promise((done, fail) => {
    const child = spawn(argv[0], argv.slice(1), { stdio: 'inherit', env });
    const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
      const pass = () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
      process.on(signal, pass);
      return () => process.off(signal, pass);
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      for (const remove of listeners) remove();
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}
