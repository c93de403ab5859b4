import type { ServerResponse } from 'node:http';

/* What servers do when a call fails, by protocol: the rows of docs/failures.md. For tests only. */

export interface Failing {
  provider: 'openai' | 'anthropic' | 'gemini';
  /** What happens, as the documentation says it. */
  words: string;
  /** How the server answers the request; `null`: nothing listens. */
  answer: ((response: ServerResponse) => void) | null;
}

const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
};

/** A stream of these events, which then ends, breaks off or says nothing more. */
const stream =
  (events: readonly object[], then: 'ends' | 'breaks' | 'hangs') => (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), () => {
      if (then === 'ends') response.end();
      if (then === 'breaks') response.destroy();
    });
  };

const openai = (words: string, answer: Failing['answer']): Failing => ({ provider: 'openai', words, answer });
const anthropic = (words: string, answer: Failing['answer']): Failing => ({
  provider: 'anthropic',
  words,
  answer,
});

const gemini = (words: string, answer: Failing['answer']): Failing => ({ provider: 'gemini', words, answer });

const coded = (status: number, code: string, more = '', headers: Record<string, string> = {}): Failing =>
  openai(
    `${status} \`${code}\`${more}`,
    send(status, { error: { message: 'a fault', type: null, code } }, headers),
  );
const bare = (status: number): Failing =>
  openai(`${status}`, send(status, { error: { message: 'a fault' } }));
const typed = (status: number, type: string, more: object = {}, words = ''): Failing =>
  anthropic(
    `${status} \`${type}\`${words}`,
    send(status, { type: 'error', error: { type, message: 'a fault', ...more } }),
  );

const named = (status: number, name: string, more = '', details: object[] = []): Failing =>
  gemini(
    `${status} \`${name}\`${more}`,
    send(status, { error: { code: status, status: name, message: 'a fault', details } }),
  );
const generated = (finishReason: string, text: string) => ({
  modelVersion: 'm',
  candidates: [{ content: { parts: [{ text }] }, finishReason }],
  usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 3 },
});
const quotaOf = (quotaId: string) => [
  { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0s' },
];

const piece = { model: 'm', choices: [{ index: 0, delta: { content: 'Hel' } }] };
const counted = { choices: [], usage: { prompt_tokens: 20, completion_tokens: 3 } };
const choice = (reason: string, message: object) => ({
  model: 'm',
  choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', content: '', ...message } }],
  usage: counted.usage,
});
const message = (reason: string) => ({
  type: 'message',
  model: 'm',
  content: [],
  stop_reason: reason,
  usage: { input_tokens: 20, output_tokens: 3 },
});
const page = '<!doctype html><title>Sign in</title>';

export const failing: readonly Failing[] = [
  openai('nothing listens, or the name is unknown', null),
  openai('the connection breaks before the reply', (response) => response.destroy()),
  openai('a stream breaks', stream([piece], 'breaks')),
  openai('a stream breaks after its usage came', stream([piece, counted], 'breaks')),
  openai('a stream ends without its last word', stream([piece], 'ends')),
  openai('no answer within `timeout_s`', () => undefined),
  openai('a stream stalls for `stall_s`', stream([piece], 'hangs')),
  ...[408, 499, 504].map(bare),
  coded(429, 'rate_limit_exceeded'),
  coded(429, 'slow_down', ' with `Retry-After`', { 'retry-after': '0' }),
  ...[
    'insufficient_quota',
    'credit_balance_exhausted',
    'organization_spend_limit_exceeded',
    'project_spend_limit_exceeded',
    'organization_usage_limit_exceeded',
  ].map((code) => coded(429, code)),
  bare(402),
  ...[500, 502].map(bare),
  coded(503, 'server_is_overloaded'),
  openai(
    'a 200 with an error in it',
    send(200, { error: { message: 'a fault', code: 'server_is_overloaded' } }),
  ),
  openai(
    'a 200 with `rate_limit_exceeded` in it',
    send(200, { error: { message: 'a fault', code: 'rate_limit_exceeded' } }),
  ),
  bare(409),
  coded(401, 'invalid_api_key'),
  bare(403),
  coded(404, 'model_not_found'),
  bare(410),
  ...['unsupported_parameter', 'unsupported_value', 'invalid_value'].map((code) => coded(400, code)),
  ...[404, 413, 422].map(bare),
  coded(400, 'context_length_exceeded'),
  openai(
    '400, vLLM’s “maximum context length”',
    send(400, { message: 'The maximum context length is 4096 tokens', type: 'BadRequestError', code: 400 }),
  ),
  ...['content_policy_violation', 'invalid_prompt', 'image_content_policy_violation'].map((code) =>
    coded(400, code),
  ),
  openai(
    '403 with what the prompt was flagged for (OpenRouter)',
    send(403, {
      error: { code: 403, message: 'a fault', metadata: { reasons: ['violence'], flagged_input: 'hello' } },
    }),
  ),
  openai(
    'a 200 with `content_policy_violation` in it',
    send(200, { error: { message: 'a fault', code: 'content_policy_violation' } }),
  ),
  openai('finish reason `content_filter`', send(200, choice('content_filter', {}))),
  openai('a `refusal` in the message', send(200, choice('stop', { refusal: 'I will not.' }))),
  openai('finish reason `length`', send(200, choice('length', { content: 'Hel' }))),
  openai('an empty reply', send(200, choice('stop', {}))),
  openai('HTML in place of JSON', send(200, page, { 'content-type': 'text/html' })),
  openai('JSON of another shape', send(200, { hello: 'world' })),
  typed(429, 'rate_limit_error'),
  typed(
    429,
    'rate_limit_error',
    { details: { error_code: 'enforced_spend_limit_reached' } },
    ' with `enforced_spend_limit_reached`',
  ),
  typed(402, 'billing_error'),
  typed(500, 'api_error'),
  typed(504, 'timeout_error'),
  typed(529, 'overloaded_error'),
  anthropic(
    'a 200 stream with `overloaded_error`',
    stream([{ type: 'error', error: { type: 'overloaded_error', message: 'a fault' } }], 'ends'),
  ),
  typed(409, 'conflict_error'),
  typed(401, 'authentication_error'),
  typed(403, 'permission_error'),
  typed(404, 'not_found_error'),
  typed(400, 'invalid_request_error'),
  typed(413, 'request_too_large'),
  anthropic(
    'stop reason `model_context_window_exceeded`',
    send(200, message('model_context_window_exceeded')),
  ),
  anthropic('stop reason `refusal`', send(200, message('refusal'))),
  anthropic('stop reason `max_tokens`', send(200, message('max_tokens'))),
  named(429, 'RESOURCE_EXHAUSTED', ', a minute’s quota', quotaOf('GenerateRequestsPerMinute')),
  named(429, 'RESOURCE_EXHAUSTED', ', a day’s quota', quotaOf('GenerateRequestsPerDay')),
  named(402, 'FAILED_PRECONDITION'),
  named(500, 'INTERNAL'),
  named(503, 'UNAVAILABLE'),
  named(504, 'DEADLINE_EXCEEDED'),
  named(409, 'ABORTED'),
  gemini(
    'a stream with `UNAVAILABLE` in it',
    stream(
      [generated('', 'Hel'), { error: { code: 503, status: 'UNAVAILABLE', message: 'a fault' } }],
      'ends',
    ),
  ),
  named(400, 'INVALID_ARGUMENT', ' with `API_KEY_INVALID`', [{ reason: 'API_KEY_INVALID' }]),
  named(403, 'PERMISSION_DENIED'),
  named(404, 'NOT_FOUND'),
  named(400, 'INVALID_ARGUMENT'),
  gemini(
    '400, “token count exceeds”',
    send(400, {
      error: { status: 'INVALID_ARGUMENT', message: 'The input token count (9) exceeds the maximum' },
    }),
  ),
  gemini(
    'a blocked prompt',
    send(200, {
      promptFeedback: { blockReason: 'SAFETY' },
      usageMetadata: { promptTokenCount: 23, candidatesTokenCount: 0 },
    }),
  ),
  gemini('finish reason `PROHIBITED_CONTENT`', send(200, generated('PROHIBITED_CONTENT', ''))),
  gemini('finish reason `MAX_TOKENS`', send(200, generated('MAX_TOKENS', 'Hel'))),
  gemini('finish reason `OTHER`', send(200, generated('OTHER', ''))),
];
