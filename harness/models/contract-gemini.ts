import type { ServerResponse } from 'node:http';
import type { ChatProtocol, Said } from './contract.ts';
import { type Failure, plainReply, startGemini } from './loopback/gemini.ts';
import type { FailureClass } from './model-error.ts';

/* What the contract of chat models needs to know of generateContent. For tests only. */

const info = (reason: string) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason });
const quota = (quotaId: string, quotaValue = '20') => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaId, quotaValue }],
});
const wait = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' };
const answers = (type: string, body: string) => (response: ServerResponse) => {
  response.setHeader('content-type', type).end(body);
};
const failure = (status: number, name: string, details: unknown[] = [], message = 'a fault'): Failure => ({
  ...{ status, name, message, details },
});

const faults: Record<string, [Failure | ((response: ServerResponse) => void), FailureClass]> = {
  minute_quota: [failure(429, 'RESOURCE_EXHAUSTED', [quota('RequestsPerMinute'), wait]), 'rate_limit'],
  day_quota: [failure(429, 'RESOURCE_EXHAUSTED', [quota('RequestsPerDay'), wait]), 'quota'],
  no_quota_at_all: [failure(429, 'RESOURCE_EXHAUSTED', [quota('RequestsPerMinute', '0')]), 'quota'],
  no_money: [failure(402, 'FAILED_PRECONDITION'), 'quota'],
  wrong_key: [failure(400, 'INVALID_ARGUMENT', [info('API_KEY_INVALID')]), 'auth'],
  no_right: [failure(403, 'PERMISSION_DENIED'), 'auth'],
  model_gone: [failure(404, 'NOT_FOUND'), 'model_gone'],
  bad_argument: [failure(400, 'INVALID_ARGUMENT'), 'bad_request'],
  too_long: [
    failure(400, 'INVALID_ARGUMENT', [], 'The input token count (9) exceeds the maximum'),
    'context_length',
  ],
  aborted: [failure(409, 'ABORTED'), 'conflict'],
  internal: [failure(500, 'INTERNAL'), 'server'],
  unavailable: [failure(503, 'UNAVAILABLE'), 'server'],
  too_late: [failure(504, 'DEADLINE_EXCEEDED'), 'timeout'],
  /** As gateways wrap it. */
  in_a_list: [
    (response) => {
      const error = { status: 'INVALID_ARGUMENT', message: 'a fault', details: [info('API_KEY_INVALID')] };
      response.writeHead(400).end(JSON.stringify([{ error }]));
    },
    'auth',
  ],
  html: [answers('text/html', '<!DOCTYPE html><title>Sign in</title>'), 'malformed'],
  wrong_json: [answers('application/json', '{"hello": "world"}'), 'malformed'],
  wrong_shape: [answers('application/json', '{"candidates": 3}'), 'malformed'],
  broken_json: [answers('application/json', '{'), 'malformed'],
  cut: [(response) => response.write('{"cand', () => response.destroy()), 'network'],
  hang: [() => undefined, 'timeout'],
};

/** generateContent, as the loopback server speaks it. It has no word for a refusal. */
export const gemini: ChatProtocol<string> = {
  start: async () => {
    const server = await startGemini();
    return Object.assign(server, {
      say: ({ text, finish, silent }: Said) => {
        const told = silent ? { usage: undefined, modelVersion: undefined } : {};
        server.reply = { ...plainReply, ...told, words: [text], finishReason: reasons[finish] };
      },
      failNext: (fault: string) => {
        server.next = faults[fault]?.[0];
      },
    });
  },
  failures: Object.entries(faults).map(([fault, [, wanted]]) => [fault, wanted]),
  hang: 'hang',
  rateLimit: 'minute_quota',
  usage: { input: 20, cached: 12, output: 9, reasoning: 4 },
  refuses: false,
};

const reasons = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
  refusal: 'OTHER',
  other: 'OTHER',
};
