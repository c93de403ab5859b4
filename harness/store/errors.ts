/** Exit codes of the command line (see docs/architecture.md). */
export const exitCodes = {
  done: 0,
  gateMissed: 1,
  usage: 2,
  budget: 3,
  prerequisite: 4,
  bundleUnwritable: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * An error that a person can act on: what went wrong, what to do next, and what caused it.
 * The command line prints `message` and `hint` and leaves with `exitCode`; anything else that is thrown is a bug.
 */
export class MmmcError extends Error {
  override name = 'MmmcError';
  readonly code: string;
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(
    code: string,
    message: string,
    options: { hint?: string; exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? '';
    this.exitCode = options.exitCode ?? exitCodes.gateMissed;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The bundle's folder cannot be written: disk full or no right. What is there stays good; the run can go on later. */
export function bundleUnwritable(what: string, cause: unknown): MmmcError {
  return new MmmcError('bundle_unwritable', `cannot write ${what}: ${messageOf(cause)}`, {
    exitCode: exitCodes.bundleUnwritable,
    hint: 'Free some space or choose another folder, then type the same command again: it goes on from here.',
    cause,
  });
}

/** Did a file operation fail for want of room or of the right to write? */
export function isDiskFailure(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(String(thrown.code));
}
