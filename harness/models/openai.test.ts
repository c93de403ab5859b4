import { afterEach, beforeEach, expect, it } from 'vitest';
import { chatContract } from './contract.ts';
import { endpointSchema } from './endpoint.ts';
import { type Loopback, startLoopback } from './loopback.ts';
import { createOpenAiChat } from './openai.ts';

const settings = { id: 'test', provider: 'openai', baseUrl: 'http://127.0.0.1/v1', model: 'asked-model' };

chatContract('openai', ({ baseUrl, timeoutS }) =>
  createOpenAiChat(endpointSchema.parse({ ...settings, timeoutS }), { baseUrl, key: null }),
);

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
});
afterEach(() => server.close());

const signal = new AbortController().signal;
const bytes = new Uint8Array([1, 2, 3]);
function sent(): unknown {
  return JSON.parse(server.calls[0]?.body.toString() ?? 'null');
}

it('sends texts, pictures as data URLs, the cap under its configured name, and the parameters as they are', async () => {
  const endpoint = endpointSchema.parse({
    ...settings,
    tokenField: 'max_completion_tokens',
    parameters: { temperature: 0.2, reasoning_effort: 'low' },
  });
  await createOpenAiChat(endpoint, { baseUrl: server.url, key: 'k' }).chat(
    {
      maxOutputTokens: 77,
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'See' },
            { type: 'image', mediaType: 'image/png', bytes, source: 's' },
          ],
        },
      ],
    },
    { signal },
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

it('sends the key as a bearer token, and no such header where there is no key', async () => {
  const request = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] } as const;
  const endpoint = endpointSchema.parse(settings);
  await createOpenAiChat(endpoint, { baseUrl: server.url, key: 'secret-1' }).chat(request, { signal });
  await createOpenAiChat(endpoint, { baseUrl: server.url, key: null }).chat(request, { signal });
  expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret-1', undefined]);
});
