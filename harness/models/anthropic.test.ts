import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createAnthropicChat } from './anthropic.ts';
import { type ChatRequest, unknownUsage } from './chat.ts';
import { type Endpoint, endpointSchema } from './endpoint.ts';
import { type AnthropicServer, begin, eventsOf, plainMessage, startAnthropic } from './loopback/anthropic.ts';
import { ModelError } from './model-error.ts';

let server: AnthropicServer;
beforeEach(async () => {
  server = await startAnthropic();
});
afterEach(() => server.close());

const key = 'sk-ant-canary';
const picture = {
  type: 'image',
  mediaType: 'image/jpeg',
  bytes: new Uint8Array([255, 216, 1]),
  source: 'a frame',
} as const;
const request: ChatRequest = {
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
    { role: 'user', content: [{ type: 'text', text: 'What is this?' }, picture] },
  ],
};
const never = new AbortController().signal;

function chat(own: Partial<Endpoint> = {}, asked = request, signal = never) {
  const endpoint = endpointSchema.parse({
    id: 'a',
    provider: 'anthropic',
    model: 'claude-x',
    timeoutS: 5,
    ...own,
  });
  return createAnthropicChat(endpoint, { baseUrl: server.url, key }).chat(asked, { signal });
}

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (thrown instanceof ModelError) return thrown;
  throw new Error('expected a ModelError', { cause: thrown });
}

describe.each([true, false])('streamed: %s', (stream) => {
  it('returns the words without the thoughts, the tokens, and the model that answered', async () => {
    expect(await chat({ stream })).toEqual({
      text: 'Hello.',
      finish: 'stop',
      usage: { input: 20, cached: 12, output: 9, reasoning: null },
      servedModel: 'served-claude-1',
    });
  });

  it.each([
    ['max_tokens', 'length'],
    ['stop_sequence', 'stop'],
    ['refusal', 'refusal'],
    ['pause_turn', 'other'],
  ])('tells a reply that ended with %s as %s', async (stopReason, finish) => {
    server.message = { ...plainMessage, stopReason };
    expect(await chat({ stream })).toMatchObject({ text: 'Hello.', finish });
  });

  it('tells a full context as context_length, with its tokens', async () => {
    server.message = { ...plainMessage, stopReason: 'model_context_window_exceeded' };
    const failed = await failureOf(chat({ stream }));
    expect(failed).toMatchObject({ failure: 'context_length', usage: { input: 20, output: 9 } });
  });

  it('says that tokens and model are not known when nobody tells them', async () => {
    server.message = { text: 'Hi.', stopReason: 'end_turn' };
    const { usage, servedModel } = await chat({ stream });
    expect([{ ...unknownUsage, ...usage }, servedModel]).toEqual([unknownUsage, null]);
  });

  it.each([
    [{ status: 429, type: 'rate_limit_error', headers: { 'retry-after': '3' } }, 'rate_limit'],
    [{ status: 529, type: 'overloaded_error' }, 'server'],
    [{ status: 500, type: 'api_error' }, 'server'],
    [{ status: 504, type: 'timeout_error' }, 'timeout'],
    [{ status: 401, type: 'authentication_error' }, 'auth'],
    [{ status: 403, type: 'permission_error' }, 'auth'],
    [{ status: 404, type: 'not_found_error' }, 'model_gone'],
    [{ status: 413, type: 'request_too_large' }, 'bad_request'],
    [{ status: 400, type: 'invalid_request_error' }, 'bad_request'],
    [{ status: 402, type: 'billing_error' }, 'quota'],
    [
      { status: 429, type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } },
      'quota',
    ],
  ] as const)('tells %j as %s', async (failure, kind) => {
    server.next = { message: `no: ${key}`, ...failure };
    const failed = await failureOf(chat({ stream }));
    expect(failed).toMatchObject({ failure: kind, status: failure.status });
    expect(failed.message).not.toContain(key);
    expect(failed.retryAfterMs).toBe('headers' in failure ? 3000 : null);
    expect(server.calls).toHaveLength(1);
  });

  it('tells a prompt that is too long as context_length', async () => {
    server.next = { status: 400, type: 'invalid_request_error', message: 'prompt is too long: 9 > 8' };
    expect((await failureOf(chat({ stream }))).failure).toBe('context_length');
  });

  it('tells a page of HTML as malformed', async () => {
    server.next = (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    expect((await failureOf(chat({ stream }))).failure).toBe('malformed');
  });

  it('rejects with the reason of the abort', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    server.next = () => abort.abort(reason);
    await expect(chat({ stream }, request, abort.signal)).rejects.toBe(reason);
    await expect(chat({ stream }, request, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.calls).toHaveLength(1);
  });

  it('gives an attempt no more than its time', async () => {
    server.next = () => {};
    expect((await failureOf(chat({ stream, timeoutS: 0.3 }))).failure).toBe('timeout');
  });
});

describe('a stream', () => {
  const someEvents = eventsOf(plainMessage).slice(0, 6);

  it('that ends in the middle is network, and its tokens are kept', async () => {
    server.next = (response) => {
      begin(response, someEvents);
      setTimeout(() => response.destroy(), 20);
    };
    expect(await failureOf(chat())).toMatchObject({ failure: 'network', usage: { input: 20, output: 1 } });
    server.next = (response) => {
      begin(response, someEvents);
      response.end();
    };
    expect((await failureOf(chat())).failure).toBe('network');
  });

  it('that stalls is given up', async () => {
    server.next = (response) => begin(response, someEvents);
    expect(await failureOf(chat({ stallS: 0.2 }))).toMatchObject({
      failure: 'timeout',
      usage: { input: 20 },
    });
  });

  it('may carry an error after all', async () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'busy' } };
    server.next = (response) => begin(response, [...someEvents, error]);
    expect(await failureOf(chat())).toMatchObject({ failure: 'server', usage: { input: 20 } });
  });

  it('may count the input at its end only', async () => {
    const events = [
      { type: 'message_start', message: { model: 'm', usage: { input_tokens: 0, output_tokens: 0 } } },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi.' } },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn' },
        usage: { input_tokens: 7, output_tokens: 2 },
      },
    ];
    server.next = (response) => {
      begin(response, events);
      response.end();
    };
    expect(await chat()).toMatchObject({ text: 'Hi.', usage: { input: 7, output: 2 } });
  });
});

test('sends the key, the version, the system apart, pictures as base64, and always a cap', async () => {
  const schema = { name: 'answer', schema: { type: 'object' } };
  const parameters = { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } };
  await chat({ parameters, structured: 'json_schema' }, { ...request, schema, maxOutputTokens: 50 });
  const [call] = server.calls;
  expect(call?.headers).toMatchObject({ 'x-api-key': key, 'anthropic-version': '2023-06-01' });
  expect(call?.body).toEqual({
    model: 'claude-x',
    max_tokens: 50,
    stream: true,
    thinking: { type: 'adaptive' },
    output_config: { effort: 'low', format: { type: 'json_schema', schema: { type: 'object' } } },
    system: 'Be short.',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: '/9gB' } },
        ],
      },
    ],
  });
});

test('an endpoint that enforces no form is sent none', async () => {
  await chat({}, { ...request, schema: { name: 'answer', schema: {} } });
  expect(server.calls[0]?.body).not.toHaveProperty('output_config');
});

test('too many pictures and whole videos are refused before anything is sent', async () => {
  const many = Array.from({ length: 101 }, () => picture);
  await expect(chat({}, { messages: [{ role: 'user', content: many }] })).rejects.toMatchObject({
    code: 'too_many_images',
  });
  const video = {
    type: 'video',
    mediaType: 'video/mp4',
    file: '/none.mp4',
    sha256: 'x',
    durationS: 1,
    source: 'a cell',
  } as const;
  await expect(chat({}, { messages: [{ role: 'user', content: [video] }] })).rejects.toMatchObject({
    code: 'no_video_mode',
  });
  expect(server.calls).toHaveLength(0);
});
