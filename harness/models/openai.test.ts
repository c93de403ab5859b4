import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChatRequest } from './chat.ts';
import { chatContract } from './contract.ts';
import { endpointSchema } from './endpoint.ts';
import { type Loopback, startLoopback } from './loopback.ts';
import { createOpenAiChat } from './openai.ts';

const settings = { id: 'test', provider: 'openai', baseUrl: 'http://127.0.0.1/v1', model: 'asked-model' };

for (const stream of [true, false])
  chatContract(stream ? 'openai, streamed' : 'openai, in one piece', ({ baseUrl, timeoutS }) =>
    createOpenAiChat(endpointSchema.parse({ ...settings, stream, timeoutS }), { baseUrl, key: null }),
  );

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
});
afterEach(() => server.close());

const { signal } = new AbortController();
const bytes = new Uint8Array([1, 2, 3]);
const hello: ChatRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] };

function sent(): unknown {
  return JSON.parse(server.calls.at(-1)?.body.toString() ?? 'null');
}

function ask(request: ChatRequest, changes: Record<string, unknown> = {}) {
  const endpoint = endpointSchema.parse({ ...settings, ...changes });
  return createOpenAiChat(endpoint, { baseUrl: server.url, key: 'k' }).chat(request, { signal });
}

it('sends texts, pictures as data URLs, the cap under its configured name, and the parameters as they are', async () => {
  const content = [
    { type: 'text', text: 'See' },
    { type: 'image', mediaType: 'image/png', bytes, source: 's' },
  ] as const;
  const system = { role: 'system', content: [{ type: 'text', text: 'Be short.' }] } as const;
  const parameters = { temperature: 0.2, reasoning_effort: 'low' };
  await ask(
    { maxOutputTokens: 77, messages: [system, { role: 'user', content }] },
    { tokenField: 'max_completion_tokens', parameters, stream: false },
  );
  expect(sent()).toEqual({
    model: 'asked-model',
    temperature: 0.2,
    reasoning_effort: 'low',
    max_completion_tokens: 77,
    messages: [
      { role: 'system', content: 'Be short.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
        ],
      },
    ],
  });
});

it('asks for a stream with its usage, and sends no parameter that nobody wrote', async () => {
  await ask(hello);
  expect(sent()).toEqual({
    model: 'asked-model',
    messages: [{ role: 'user', content: 'Hi' }],
    max_tokens: 8192,
    stream: true,
    stream_options: { include_usage: true },
  });
});

it('sends the form of the reply only where the server enforces it', async () => {
  const schema = { name: 'verdict', schema: { type: 'object', properties: {}, additionalProperties: false } };
  await ask({ ...hello, schema }, { structured: 'json_schema' });
  expect(sent()).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { strict: true, ...schema } },
  });
  await ask({ ...hello, schema });
  expect(sent()).not.toHaveProperty('response_format');
});

it('sends the key as a bearer token, and no such header where there is no key', async () => {
  const endpoint = endpointSchema.parse(settings);
  await createOpenAiChat(endpoint, { baseUrl: server.url, key: 'secret-1' }).chat(hello, { signal });
  await createOpenAiChat(endpoint, { baseUrl: server.url, key: null }).chat(hello, { signal });
  expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret-1', undefined]);
});
