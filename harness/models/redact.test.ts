import { describe, expect, it, test } from 'vitest';
import { ModelError } from './model-error.ts';
import { redactor, withoutKeys } from './redact.ts';

const key = 'sk-test/canary+0123"x';
const clean = redactor([key]);
const request = { messages: [] };
const { signal } = new AbortController();

describe('a key is taken out of what others wrote', () => {
  const hex = Buffer.from(key).toString('hex');
  it.each([
    ['as it is', `Incorrect key: ${key}.`],
    ['in JSON', JSON.stringify({ authorization: `Bearer ${key}` })],
    ['in an address', `https://x.test/?key=${encodeURIComponent(key)}&a=1`],
    ['in hexadecimal', hex],
    ['in large hexadecimal', hex.toUpperCase()],
  ])('%s', (_, text) => {
    expect(clean(text)).toContain('[key]');
    expect(clean(text)).not.toMatch(/canary|63616e617279/i);
  });

  it.each(['', 'a', 'ab', 'user:', 'Bearer '])('in base64, behind %j', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.from(`${before}${key} and more`).toString(encoding);
      const left = clean(text);
      expect(left).toContain('[key]');
      const around = left.split('[key]').map((part) => Buffer.from(part, encoding).toString());
      expect(around.join(' ')).not.toContain('canary');
    }
  });
});

test.each([
  ['cut at its end', `Incorrect key: ${key}`.slice(0, -4)],
  ['cut at its beginning', `${key}, it is empty`.slice(5)],
  ['broken over two lines', `${key.slice(0, 13)}\n ${Buffer.from(key).toString('hex').slice(9)}`],
])('a piece of a key goes too: %s', (_, text) => {
  expect(clean(text)).toContain('[key]');
  expect(clean(text)).not.toMatch(/cana|6e617279/);
});

test('other texts stay as they are, and no key or a word as key takes nothing out', () => {
  expect(clean('A canary sings.')).toBe('A canary sings.');
  expect([redactor([])('none'), redactor(['none'])('none')]).toEqual(['none', 'none']);
});

test('replies and failures of a model lose the key and keep the rest', async () => {
  const usage = { input: 1, cached: null, output: 2, reasoning: null };
  const replies = withoutKeys(
    { chat: async () => ({ text: `You sent ${key}.`, finish: 'stop', usage, servedModel: key }) },
    [key],
  );
  expect(await replies.chat(request, { signal })).toEqual({
    text: 'You sent [key].',
    finish: 'stop',
    usage,
    servedModel: '[key]',
  });
  const failure = new ModelError('quota', `HTTP 429: ${key} is empty`, { status: 429, usage, cause: key });
  const fails = withoutKeys({ chat: () => Promise.reject(failure) }, [key]);
  const thrown: unknown = await fails.chat(request, { signal }).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ failure: 'quota', message: 'HTTP 429: [key] is empty', status: 429, usage });
  expect(thrown).not.toHaveProperty('cause', key);
});
