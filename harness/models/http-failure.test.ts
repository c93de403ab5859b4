import { expect, it } from 'vitest';
import { failureClass, httpError, retryAfterMs } from './http-failure.ts';

const now = Date.parse('2030-01-01T00:00:00Z');
const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

it('reads the wait in milliseconds, in seconds and as a date, the finest first', () => {
  expect(wait({ 'retry-after': '1.5' })).toBe(1500);
  expect(wait({ 'retry-after': '3', 'retry-after-ms': '250' })).toBe(250);
  expect(wait({ 'retry-after': 'Tue, 01 Jan 2030 00:00:20 GMT' })).toBe(20_000);
  expect(wait({ 'retry-after': 'Mon, 31 Dec 2029 00:00:00 GMT' })).toBe(0);
  expect(wait({ 'retry-after': 'soon' })).toBe(undefined);
  expect(wait({})).toBe(undefined);
});

it('takes quota for quota whatever the status, and a policy only where the request was refused', () => {
  const said = (status: number, code: string | null, type: string | null = null) =>
    failureClass({ status, code, type, message: '' });
  expect(said(429, 'credit_balance_exhausted')).toBe('quota');
  expect(said(402, null)).toBe('quota');
  expect(said(403, null, 'insufficient_quota')).toBe('quota');
  expect(said(429, null)).toBe('rate_limit');
  expect(said(400, 'image_content_policy')).toBe('policy');
  expect(said(500, 'content_filter')).toBe('server');
  expect(said(404, null)).toBe('bad_request');
});

it('keeps status and wait with the error', () => {
  const headers = new Headers({ 'retry-after': '7' });
  const error = httpError({ status: 503, code: null, type: null, message: 'busy', headers });
  expect(error).toMatchObject({ failure: 'server', status: 503, retryAfterMs: 7000, retryable: true });
});
