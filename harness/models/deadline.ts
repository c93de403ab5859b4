import { ModelError } from './model-error.ts';

/** Ends an attempt when its time is up or when the caller gives it up, and tells the two apart. */
export interface Deadline {
  signal: AbortSignal;
  /** Throws what ended the attempt, if one of the two did: the caller's reason, or ModelError `timeout`. */
  throwIfOver(cause?: unknown): void;
}

/** A deadline `timeoutMs` from now, or at the caller's abort if that comes first. */
export function deadline(caller: AbortSignal, timeoutMs: number): Deadline {
  const timer = AbortSignal.timeout(timeoutMs);
  return {
    signal: AbortSignal.any([caller, timer]),
    throwIfOver(cause) {
      caller.throwIfAborted();
      if (timer.aborted) throw new ModelError('timeout', `no answer within ${timeoutMs / 1000} s`, { cause });
    },
  };
}
