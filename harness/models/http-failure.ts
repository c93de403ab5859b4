import { type FailureClass, ModelError } from './model-error.ts';

/** What a server said when it did not answer: the HTTP status (200 for an error in a body), its own words for the cause, and the headers. */
export interface HttpFailure {
  status: number;
  code: string | null;
  type: string | null;
  message: string;
  headers: Headers;
}

const quotaWords = [
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'billing_hard_limit_reached',
  // Google's Interactions API: the day's quota, and prepaid money that is used up.
  'quota_exceeded',
  'payment_required',
];
const policyWords = [
  'content_policy_violation',
  'invalid_prompt',
  'content_filter',
  'moderation_blocked',
  // Google's Interactions API.
  'safety',
  'recitation',
  'language',
  'prohibited_content',
  'spii',
  'blocklist',
  'image_safety',
  'image_prohibited_content',
  'image_recitation',
  'image_other',
  'content_blocked',
];
/** In a body of status 200 the words alone can say it. */
const rateWords = ['rate_limit_exceeded', 'rate_limit_error', 'slow_down'];
/** Google answers a wrong key with status 400. */
const keyWords = ['invalid_api_key'];
const goneWords = ['model_not_found', 'NotFoundError'];

/**
 * The class of an HTTP failure, decided by status, code and type. The message decides in one case only: vLLM tells a
 * prompt that is too long from other bad requests by its words alone.
 */
export function failureClass(failure: Omit<HttpFailure, 'headers'>): FailureClass {
  const { status } = failure;
  const words = [failure.code, failure.type].filter((word) => word !== null);
  const has = (list: readonly string[]) => words.some((word) => list.includes(word));
  if (status === 402 || has(quotaWords)) return 'quota';
  if (status < 500 && (has(policyWords) || words.some((word) => /_policy(_violation)?$/.test(word))))
    return 'policy';
  if (has(['context_length_exceeded'])) return 'context_length';
  if (status === 400 && /maximum context length/i.test(failure.message)) return 'context_length';
  if (has(keyWords)) return 'auth';
  if (has(goneWords) || status === 410) return 'model_gone';
  if (status === 200) return has(rateWords) ? 'rate_limit' : 'server';
  return byStatus(status);
}

function byStatus(status: number): FailureClass {
  if (status === 401 || status === 403) return 'auth';
  if (status === 408 || status === 499 || status === 504) return 'timeout';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rate_limit';
  return status >= 500 ? 'server' : 'bad_request';
}

/** An HTTP failure as a `ModelError`, with the wait that the server asked for. */
export function httpError(failure: HttpFailure, cause?: unknown): ModelError {
  return new ModelError(failureClass(failure), `HTTP ${failure.status}: ${failure.message}`, {
    status: failure.status,
    retryAfterMs: retryAfterMs(failure.headers),
    cause,
  });
}

/**
 * The wait a server asks for, in ms: `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 * `undefined` when it does not say, or says it unreadably.
 */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const ms = amount(headers.get('retry-after-ms'));
  if (ms !== undefined) return ms;
  const text = headers.get('retry-after');
  const seconds = amount(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function amount(text: string | null): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
