import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventData } from './body-reader.ts';
import { endpointSchema } from './endpoint.ts';
import { type Fault, type Loopback, plainCompletion, startLoopback } from './loopback.ts';
import { ModelError } from './model-error.ts';
import { createOpenAiChat } from './openai.ts';

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
});
afterEach(() => server.close());

function ask(changes: Record<string, unknown> = {}, key: string | null = null) {
  const settings = { id: 'test', provider: 'openai', baseUrl: server.url, model: 'asked-model', ...changes };
  const { signal } = new AbortController();
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] as const;
  return createOpenAiChat(endpointSchema.parse(settings), { baseUrl: server.url, key }).chat(
    { messages },
    { signal },
  );
}

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const outcome: unknown = await work.catch((thrown: unknown) => thrown);
  if (outcome instanceof ModelError) return outcome;
  throw new Error('expected a ModelError', { cause: outcome });
}

const saying = (content: string) => ({
  ...plainCompletion,
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
});

it('puts the pieces together in their order, without the thoughts, whatever bytes they are cut at', async () => {
  const text = 'Ein Körper fällt – schön! 力学 🪐 '.repeat(20);
  server.completion = saying(text);
  expect(await ask()).toMatchObject({ text, finish: 'stop', usage: { input: 20, output: 9, reasoning: 4 } });
});

it('reads a reply in one piece from a server that does not stream', async () => {
  server.streams = false;
  expect(await ask()).toMatchObject({ text: 'Hello.', finish: 'stop' });
});

it('passes on what the provider says that a call cost, streamed or not', async () => {
  server.completion = {
    ...plainCompletion,
    usage: { prompt_tokens: 20, completion_tokens: 9, cost: 0.0012 },
  };
  expect(await ask()).toMatchObject({ usage: { input: 20 }, providerCostUsd: 0.0012 });
  expect(await ask({ stream: false })).toHaveProperty('providerCostUsd', 0.0012);
});

it('uses a connection again for the next request', async () => {
  for (let n = 0; n < 8; n++) await ask();
  expect(new Set(server.calls.map(({ port }) => port)).size).toBeLessThan(8);
});

describe('a stream that goes wrong', () => {
  const counted = { input: 20, cached: null, output: 3, reasoning: null };
  const faults = [
    ['stream_error', 'server', counted],
    ['stream_unfinished', 'network', counted],
    ['stream_cut', 'network', counted],
    ['stream_stall', 'timeout', counted],
    ['stream_garbage', 'malformed', null],
    ['stream_bomb', 'malformed', null],
  ] as const;
  for (const [fault, failure, usage] of faults)
    it(`${fault} is ${failure}, with the tokens that were counted`, async () => {
      server.failNext(fault);
      expect(await failureOf(ask({ stallS: 0.2 }))).toMatchObject({ failure, usage });
      expect(server.calls).toHaveLength(1);
    });

  it('keeps the counted tokens when the time is up', async () => {
    server.failNext('stream_stall');
    expect(await failureOf(ask({ timeoutS: 0.2 }))).toMatchObject({ failure: 'timeout', usage: counted });
  });

  const harmless: Fault[] = ['stream_no_done', 'stream_cut_when_done'];
  for (const fault of harmless)
    it(`${fault} loses nothing`, async () => {
      server.failNext(fault);
      expect(await ask()).toMatchObject({ text: 'Hel', finish: 'stop', servedModel: 'served-model-1' });
    });
});

it('names a stall as one, and ends the request', async () => {
  server.failNext('stream_stall');
  expect((await failureOf(ask({ stallS: 0.2 }))).message).toBe('a stall: 0.2 s without a byte');
  await expect.poll(() => server.open()).toBe(0);
});

it('reads events whatever their line ends, fields and comments are', async () => {
  async function* bytes() {
    for (const text of [': hi\r', '\ndata: 1\r\n\r', '\ndata:2\ndata: 3\n', '\nevent: x\n\n', 'data: cut'])
      yield Buffer.from(text);
  }
  const events: string[] = [];
  for await (const data of eventData(bytes())) events.push(data);
  expect(events).toEqual(['1', '2\n3']);
});

it('passes on a wait that the server gives in milliseconds', async () => {
  server.failNext('rate_limit_ms');
  expect((await failureOf(ask())).retryAfterMs).toBe(120);
});

it('leaves the key out of errors, whatever the server repeats', async () => {
  const key = 'sk-canary-1234567890';
  server.completion = saying('');
  server.failNext('echo');
  const failed = await failureOf(ask({}, key));
  expect(failed).toMatchObject({ failure: 'auth', message: 'HTTP 401: wrong key: [key]' });
  server.failNext('echo_in_200');
  const odd = await failureOf(ask({}, key));
  expect(odd.failure).toBe('malformed');
  server.failNext('stream_cut');
  const cut = await failureOf(ask({}, key));
  expect(inspect([failed, odd, cut], { depth: 20, showHidden: true })).not.toContain(key);
});
