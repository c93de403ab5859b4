import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Endpoint, endpointSchema } from '../models/endpoint.ts';
import { type Loopback, plainCompletion, startLoopback } from '../models/loopback.ts';
import { OpenBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { OwnedCalls } from './calls.ts';
import { RunControl } from './control.ts';
import { Endpoints } from './endpoints.ts';

let server: Loopback;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  server = await startLoopback();
  folder = temporaryFolder();
});
afterEach(async () => {
  await server.close();
  folder[Symbol.dispose]();
});

const request = (text: string) => ({
  messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }],
});

/** A process of its own: opens the bundle, makes calls, closes it. */
async function session<T>(
  use: (calls: (owner: string, files?: string[]) => OwnedCalls, endpoint: Endpoint) => Promise<T>,
): Promise<T> {
  const endpoint = endpointSchema.parse({
    id: 'e',
    provider: 'openai',
    baseUrl: server.url,
    model: 'm',
    price: { input: 2, cached: 1, output: 10, source: 'test', date: '2026-01-01' },
  });
  const bundle = new OpenBundle(folder.path, 'test');
  const endpoints = new Endpoints(() => Promise.reject(new Error('no offline server here')));
  const control = new RunControl();
  try {
    const make = (owner: string, files: string[] = []) =>
      new OwnedCalls(bundle, endpoints, control, { job: `j:${owner}`, owner, files, maxUnusable: 3 });
    return await use(make, endpoint);
  } finally {
    bundle.close();
  }
}

const said = (content: string) => ({
  ...plainCompletion,
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
});

test('a stored answer is served to a later process without a call', async () => {
  const tag = { purpose: 'p' };
  const first = await session((calls, e) => calls('c').chat(e, 'coder', request('hello'), tag));
  const again = await session((calls, e) => calls('c').chat(e, 'coder', request('hello'), tag));
  expect(again.reply).toEqual(first.reply);
  expect(server.calls).toHaveLength(1);
});

test('identical requests of one job are different occurrences, each with its own answer, in order', async () => {
  const ask = async (calls: OwnedCalls, e: Endpoint) =>
    (await calls.chat(e, 'coder', request('x'), { purpose: 'p' })).reply.text;
  const live = await session(async (make, e) => {
    const calls = make('c');
    server.completion = said('one');
    const one = await ask(calls, e);
    server.completion = said('two');
    return [one, await ask(calls, e)];
  });
  const stored = await session(async (make, e) => {
    const calls = make('c');
    return [await ask(calls, e), await ask(calls, e)];
  });
  expect(live).toEqual(['one', 'two']);
  expect(stored).toEqual(['one', 'two']);
  expect(server.calls).toHaveLength(2);
});

test('nothing is served across owners, roles, purposes or files', async () => {
  await session(async (make, e) => {
    await make('a').chat(e, 'coder', request('x'), { purpose: 'p' });
    await make('b').chat(e, 'coder', request('x'), { purpose: 'p' });
    await make('a').chat(e, 'planner', request('x'), { purpose: 'p' });
    await make('a').chat(e, 'coder', request('x'), { purpose: 'q' });
    await make('a', ['file-1']).chat(e, 'coder', request('x'), { purpose: 'p' });
    await make('a', ['file-2']).chat(e, 'coder', request('x'), { purpose: 'p' });
  });
  expect(server.calls).toHaveLength(6);
});

test('an unusable reply is never served again, and is given up after three', async () => {
  const ask = () =>
    session((make, e) => make('s').chat(e, 'student', request('q'), { purpose: 'p' }, () => false));
  await ask();
  await ask();
  await ask();
  await expect(ask()).rejects.toThrow(/3 replies/);
  expect(server.calls).toHaveLength(3);
});

test('a failed call is recorded, costs what the endpoint said, and is made again by the next run', async () => {
  server.failNext('auth');
  const ask = () => session((make, e) => make('s').chat(e, 'student', request('q'), { purpose: 'p' }));
  await expect(ask()).rejects.toThrow();
  await ask();
  const calls = await session(async (make, e) => {
    await make('s').chat(e, 'student', request('q'), { purpose: 'p' });
    return null;
  });
  expect(calls).toBeNull();
  expect(server.calls).toHaveLength(2);
});

test('money follows the dated price, cached tokens at their own rate', async () => {
  const bundle = await session(async (make, e) => {
    await make('s').chat(e, 'student', request('q'), { purpose: 'p' });
    return null;
  });
  expect(bundle).toBeNull();
  const state = new OpenBundle(folder.path, 'test');
  const [call] = state.state.calls;
  state.close();
  // 20 input tokens, 12 of them cached, 9 output: (8 * 2 + 12 * 1 + 9 * 10) / 1e6.
  expect(call?.costUsd).toBeCloseTo(118e-6, 12);
  expect(call?.servedModel).toBe('served-model-1');
});

test('role, purpose, owner and job never reach the endpoint', async () => {
  await session((make, e) =>
    make('owner-canary').chat(e, 'reviewer', request('hello'), {
      purpose: 'purpose-canary',
      section: 'section-canary',
    }),
  );
  const seen = JSON.stringify(server.calls.map((call) => [call.headers, call.body.toString()]));
  expect(seen).not.toMatch(/canary|reviewer/);
});
