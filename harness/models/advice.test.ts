import { expect, test } from 'vitest';
import { adviceOn } from './advice.ts';
import { endpointSchema } from './endpoint.ts';
import { failureClasses } from './model-error.ts';

const endpoint = endpointSchema.parse({
  id: 'mine',
  provider: 'openai',
  baseUrl: 'http://127.0.0.1:9/v1',
  model: 'm',
  keyVariable: ['FIRST_KEY', 'SECOND_KEY'],
});

test.each([
  ['network', 'ENOTFOUND getaddrinfo', /check base_url \(http:\/\/127/],
  ['network', 'ECONNREFUSED', /start its server/],
  ['network', 'ERR_SSL_WRONG_VERSION_NUMBER', /write http:\/\//],
  ['network', 'DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
  ['network', 'other side closed', /can be reached/],
  ['malformed', 'the reply is a page of HTML', /check base_url/],
  ['malformed', 'the reply is no chat completion', /protocol’s shape/],
  ['bad_request', 'HTTP 404: page not found', /check base_url/],
  ['auth', 'HTTP 401', /FIRST_KEY or SECOND_KEY/],
] as const)('the next step after %s, %s', (failure, message, advice) => {
  expect(adviceOn(failure, message, endpoint)).toMatch(advice);
  expect(adviceOn(failure, message, endpoint)).toMatch(/^mine: /);
});

test('a model that its maker has replaced: its successor is named', () => {
  expect(adviceOn('model_gone', 'gone', { ...endpoint, replacement: 'newer' })).toBe(
    'mine: use newer in its place',
  );
});

test('every class that a user can do something about has its advice', () => {
  const without = failureClasses.filter((failure) => adviceOn(failure, '', endpoint) === null);
  // A refusal and a conflict are retried or recorded, and a job that failed says why itself.
  expect(without).toEqual(['conflict', 'policy', 'video_job']);
});
