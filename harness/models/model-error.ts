import type { TokenUsage } from './chat.ts';

/**
 * Classes of failure of a model call, decided by status, code and finish reason, never by message text
 * where anything better exists.
 */
export const failureClasses = [
  'network',
  'timeout',
  'rate_limit',
  'quota',
  'server',
  'conflict',
  'auth',
  'model_gone',
  'bad_request',
  'context_length',
  'policy',
  'malformed',
  'video_job',
] as const;
export type FailureClass = (typeof failureClasses)[number];

const retried: readonly FailureClass[] = ['network', 'timeout', 'rate_limit', 'server', 'conflict'];

/** A failed model call. `policy` is the model's refusal; every other class is a failure of the infrastructure. */
export class ModelError extends Error {
  override name = 'ModelError';
  readonly failure: FailureClass;
  readonly status: number | null;
  /** What the server asked us to wait before the next attempt, in ms. */
  readonly retryAfterMs: number | null;
  /** Tokens of failed and blocked calls count too. */
  readonly usage: TokenUsage | null;
  /** The server may have taken the (paid) work all the same, so that asking again could pay twice. */
  readonly submitted: boolean;

  constructor(
    failure: FailureClass,
    message: string,
    options: {
      status?: number | undefined;
      retryAfterMs?: number | undefined;
      usage?: TokenUsage | undefined;
      submitted?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.usage = options.usage ?? null;
    this.submitted = options.submitted ?? false;
  }

  get retryable(): boolean {
    return !this.submitted && retried.includes(this.failure);
  }
}
