import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, MmmcError, messageOf } from '../store/errors.ts';
import { boundedBytes, wholeText } from './body-reader.ts';
import { deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';

/** What every program may know of our environment; more only by name (`environment` of the endpoint), keys included. */
const passed = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ'];
/** So much of what it says on standard error is quoted, characters. */
const quoted = 500;

/** What a program left when it ended. */
export interface CommandEnd {
  /** Standard output, whole. */
  said: string;
  /** Its exit code or the signal that ended it, and the end of its standard error; `null` when it ended with 0. */
  failed: string | null;
}

/**
 * Runs an endpoint's program once, with JSON on its standard input. Throws ModelError: `timeout`; `server` when it cannot
 * be started; `malformed` when it writes too much. Rejects with the signal's reason on abort; however it ends, nothing of
 * its process group is left.
 */
export async function runCommand(
  endpoint: Endpoint,
  input: unknown,
  signal: AbortSignal,
): Promise<CommandEnd> {
  const [program = '', ...args] = commandOf(endpoint);
  signal.throwIfAborted();
  const limit = deadline(signal, endpoint.timeoutS * 1000);
  const child = spawn(program, args, { env: environmentOf(endpoint), detached: true });
  const end = () => killGroup(child);
  limit.signal.addEventListener('abort', end, { once: true });
  try {
    const [said, words, code] = await Promise.all([
      answer(child),
      complaint(child),
      ended(child),
      feed(child, input),
    ]);
    limit.signal.throwIfAborted();
    const failed = code === 0 ? null : `${program} ended with ${code}: ${words.trim() || 'it said nothing'}`;
    return { said, failed };
  } catch (thrown) {
    limit.throwIfOver(thrown);
    throw thrown;
  } finally {
    limit.signal.removeEventListener('abort', end);
    end();
  }
}

function commandOf({ id, command }: Endpoint): readonly string[] {
  if (command !== undefined) return command;
  throw new MmmcError('bad_config', `Endpoint ${id} has provider command and names no program.`, {
    hint: 'Write command: [program, argument, …] in its entry.',
    exitCode: exitCodes.usage,
  });
}

function environmentOf({ environment }: Endpoint): Record<string, string> {
  const named = [...passed, ...environment].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}

/** Standard output, bounded: whoever writes more is ended by what is thrown. */
function answer({ stdout }: ChildProcess): Promise<string> {
  return wholeText(boundedBytes(stdout));
}

/** The end of what it said on standard error. */
async function complaint({ stderr }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stderr ?? []) text = (text + String(chunk)).slice(-quoted);
  return text;
}

function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new ModelError('server', `it cannot be started: ${messageOf(cause)}`, { cause })),
    );
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
  });
}

/** A program that ends without reading all of its input has not failed by that. */
async function feed({ stdin }: ChildProcess, input: unknown): Promise<void> {
  if (stdin === null) return;
  const done = Promise.withResolvers<void>();
  stdin.once('error', () => done.resolve()).once('close', () => done.resolve());
  stdin.end(JSON.stringify(input));
  await Promise.race([done.promise, sleep(1000, undefined, { ref: false })]);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}
