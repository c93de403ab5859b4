import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { sharedEndpoints } from '../experiment/config.ts';
import { lookUp } from './catalogue.ts';
import { type Endpoint, endpointSchema } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import { isRetired } from './retired.ts';

let server: Server;
let url: string;
const seen: string[] = [];

/** The lists of models of every provider, each in its own shape, from their documentation. */
const lists: Record<string, unknown> = {
  '/openai/models': { object: 'list', data: [{ id: 'gpt-x', shutdown_date: '2027-01-14' }, { id: 'other' }] },
  '/anthropic/models?limit=1000': { data: [{ type: 'model', id: 'claude-x' }], has_more: false },
  '/v1beta/models?pageSize=1000': { models: [{ name: 'models/gemini-x', displayName: 'X' }] },
  '/openrouter/videos/models': { data: [{ id: 'google/veo-x' }] },
  '/html/models': '<h1>Hello</h1>',
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const { 'x-api-key': a, 'x-goog-api-key': g, authorization } = request.headers;
    seen.push(`${request.url} ${a ?? g ?? authorization ?? 'no key'}`);
    if (authorization === 'Bearer wrong') response.writeHead(401).end('{"error": {"message": "no"}}');
    else if (request.url !== undefined && request.url in lists) {
      const list = lists[request.url];
      response.end(typeof list === 'string' ? list : JSON.stringify(list));
    } else response.writeHead(404).end('not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => server.close());

const endpoint = (own: Partial<Endpoint>) => endpointSchema.parse({ id: 'e', model: 'm', ...own });

it.each<[Endpoint['provider'], Partial<Endpoint>, string, string, unknown]>([
  ['openai', { model: 'gpt-x' }, '/openai', 'Bearer k', { state: 'listed', shutdown: '2027-01-14' }],
  ['openai', { model: 'gpt-y' }, '/openai', 'Bearer k', { state: 'not_listed', others: 2 }],
  ['anthropic', { model: 'claude-x' }, '/anthropic', 'k', { state: 'listed', shutdown: null }],
  ['gemini', { model: 'gemini-x' }, '', 'k', { state: 'listed', shutdown: null }],
  ['gemini-omni', { model: 'omni-x' }, '', 'k', { state: 'not_listed', others: 1 }],
  [
    'videos-http',
    { model: 'google/veo-x', dialect: 'openrouter' },
    '/openrouter',
    'Bearer k',
    { state: 'listed', shutdown: null },
  ],
  [
    'videos-http',
    {},
    '/nowhere',
    'Bearer k',
    { state: 'no_list', note: 'the server keeps no list of models' },
  ],
])('asks a server of %s for %j in its own way', async (provider, own, path, key, found) => {
  seen.length = 0;
  const access = { baseUrl: url + path, key: 'k' };
  expect(await lookUp(endpoint({ ...own, provider }), access)).toEqual(found);
  expect(seen).toEqual([expect.stringMatching(new RegExp(` ${key}$`))]);
});

describe('what is wrong is classified', () => {
  const failure = async (path: string, key: string | null) => {
    const thrown: unknown = await lookUp(endpoint({ provider: 'openai' }), {
      baseUrl: url + path,
      key,
    }).catch((error: unknown) => error);
    return thrown instanceof ModelError ? thrown.failure : thrown;
  };

  it('a key that is refused, a page instead of a list', async () => {
    expect(await failure('/openai', 'wrong')).toBe('auth');
    expect(await failure('/html', null)).toBe('malformed');
  });

  it('a program that is not there, and one that is', async () => {
    const at = { baseUrl: '', key: null };
    const program = (command: string[]) => lookUp(endpoint({ provider: 'command', command }), at);
    await expect(program(['no-such-program'])).rejects.toMatchObject({ failure: 'network' });
    expect(await program(['sh', '-c', 'true'])).toEqual({ state: 'no_list', note: 'sh is there' });
  });
});

test('every shipped endpoint has an id of its own, and those of providers a date and a source', () => {
  const endpoints = sharedEndpoints();
  expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
  const undated = endpoints.filter((e) => e.keyVariable !== undefined && !(e.read && e.source));
  expect(undated.map(({ id }) => id)).toEqual([]);
});

test('a model is retired from its day on', () => {
  const old = endpoint({ provider: 'openai', retired: '2026-08-05' });
  expect([new Date('2026-08-04'), new Date('2026-08-05')].map((day) => isRetired(old, day))).toEqual([
    false,
    true,
  ]);
  expect(isRetired(endpoint({ provider: 'openai' }), new Date())).toBe(false);
});
