import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { ChatRequest } from './chat.ts';
import { chatContract } from './contract.ts';
import { gemini } from './contract-gemini.ts';
import { type Endpoint, endpointSchema } from './endpoint.ts';
import { createGeminiChat } from './gemini.ts';
import { begin, type GeminiServer, piecesOf, plainReply, startGemini } from './loopback/gemini.ts';
import { ModelError } from './model-error.ts';

let server: GeminiServer;
beforeEach(async () => {
  server = await startGemini();
});
afterEach(() => server.close());

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
    { role: 'assistant', content: [{ type: 'text', text: 'A picture.' }] },
    { role: 'user', content: [{ type: 'text', text: 'Of what?' }] },
  ],
};
const never = new AbortController().signal;

const endpointOf = (own: Partial<Endpoint>) =>
  endpointSchema.parse({ id: 'g', provider: 'gemini', model: 'gemini-x', timeoutS: 5, ...own });
const open = (own: Partial<Endpoint> = {}) =>
  createGeminiChat(endpointOf(own), { baseUrl: server.url, key: 'canary-key' });
const chat = (own: Partial<Endpoint> = {}, asked = request, signal = never) =>
  open(own).chat(asked, { signal });

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (thrown instanceof ModelError) return thrown;
  throw new Error('expected a ModelError', { cause: thrown });
}

for (const stream of [true, false])
  chatContract(
    stream ? 'gemini, streamed' : 'gemini, in one piece',
    ({ baseUrl, timeoutS }) =>
      createGeminiChat(endpointOf({ stream, timeoutS }), { baseUrl, key: 'canary-key' }),
    gemini,
  );

describe.each([true, false])('streamed: %s', (stream) => {
  it.each([
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['LANGUAGE', 'content_filter'],
    ['BLOCKLIST', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['SPII', 'content_filter'],
    ['IMAGE_SAFETY', 'content_filter'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['OTHER', 'other'],
  ])('tells a reply that ended with %s as %s, with its words and tokens', async (finishReason, finish) => {
    server.reply = { ...plainReply, finishReason };
    expect(await chat({ stream })).toMatchObject({ text: 'Hello.', finish, usage: { input: 20 } });
  });

  it('tells a blocked prompt as policy, with the tokens that it cost', async () => {
    server.reply = { ...plainReply, blockReason: 'PROHIBITED_CONTENT' };
    const failed = await failureOf(chat({ stream }));
    expect(failed).toMatchObject({ failure: 'policy', usage: { input: 20 } });
    expect(failed.message).toMatch(/PROHIBITED_CONTENT/);
  });

  it('believes no odd counts, and takes the sum where a count of 0 is left out', async () => {
    const usage = async (told: Record<string, unknown>) => {
      server.reply = { ...plainReply, usage: told };
      return (await chat({ stream })).usage;
    };
    const prompt = { promptTokenCount: 20 };
    expect(await usage({ ...prompt, candidatesTokenCount: '5' })).toMatchObject({ input: 20, output: null });
    expect(await usage({ ...prompt, totalTokenCount: 20 })).toMatchObject({ input: 20, output: 0 });
    expect(await usage({ ...prompt, totalTokenCount: 3 })).toMatchObject({ input: 20, output: null });
  });

  it('gives no more room than 64 MB', async () => {
    const big = `{"candidates":[{"content":{"parts":[{"text":"${'x'.repeat(65 * 2 ** 20)}"}]}}]}`;
    server.next = (response) =>
      response
        .setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
        .end(stream ? `data: ${big}\n\n` : big);
    const failed = await failureOf(chat({ stream }));
    expect([failed.failure, failed.message]).toEqual(['malformed', expect.stringContaining('64 MB')]);
  });

  it('says what to do when a request is too large', async () => {
    const message = 'Request payload size exceeds the limit: 20971520 bytes.';
    server.next = { status: 400, name: 'INVALID_ARGUMENT', message };
    const failed = await failureOf(chat({ stream }));
    expect(failed).toMatchObject({
      failure: 'bad_request',
      message: expect.stringMatching(/show fewer frames/),
    });
    const bytes = Buffer.alloc(80_000_000);
    const asked = chat({ stream }, { messages: [{ role: 'user', content: [{ ...picture, bytes }] }] });
    await expect(asked).rejects.toMatchObject({ code: 'request_too_large' });
    expect(server.calls).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('that breaks keeps the tokens that were told', async () => {
    server.next = (response) =>
      begin(response, piecesOf(plainReply).slice(0, 2)).write('', () => response.destroy());
    expect(await failureOf(chat())).toMatchObject({ failure: 'network', usage: { input: 20, output: 9 } });
  });

  it('that ends before its finish reason is none', async () => {
    server.next = (response) => begin(response, piecesOf(plainReply).slice(0, 2)).end();
    expect(await failureOf(chat())).toMatchObject({ failure: 'network', usage: { input: 20 } });
  });

  it('with an error in the middle fails with its class', async () => {
    const error = { code: 503, status: 'UNAVAILABLE', message: 'overloaded' };
    server.next = (response) => begin(response, [...piecesOf(plainReply).slice(0, 2), { error }]).end();
    expect(await failureOf(chat())).toMatchObject({ failure: 'server', status: 503, usage: { input: 20 } });
  });

  it('is whole when the connection breaks behind its last word', async () => {
    server.next = (response) => begin(response, piecesOf(plainReply)).write('', () => response.destroy());
    expect(await chat()).toMatchObject({ text: 'Hello.', finish: 'stop' });
  });

  it('may come with comments between its events, or as one list of its pieces', async () => {
    server.next = (response) => {
      response.setHeader('content-type', 'text/event-stream');
      for (const piece of piecesOf(plainReply)) response.write(`: wait\n\ndata:${JSON.stringify(piece)}\n\n`);
      response.end();
    };
    expect((await chat()).text).toBe('Hello.');
    server.next = (response) => response.end(JSON.stringify(piecesOf(plainReply)));
    expect((await chat()).text).toBe('Hello.');
  });

  it('without a byte for too long has stalled', async () => {
    server.next = (response) => begin(response, piecesOf(plainReply).slice(0, 2));
    const failed = await failureOf(chat({ stallS: 0.1 }));
    expect(failed).toMatchObject({ failure: 'timeout', usage: { input: 20 } });
    expect(failed.message).toMatch(/stall/);
  });
});

test('a request stands as the API wants it', async () => {
  const schema = { name: 'f', schema: { type: 'object' } };
  await chat(
    {
      parameters: {
        thinkingConfig: { thinkingLevel: 'low' },
        safetySettings: [{ category: 'X', threshold: 'Y' }],
      },
      structured: 'json_schema',
      maxOutputTokens: 99,
    },
    { ...request, schema },
  );
  const [call] = server.calls;
  expect(call?.path).toBe('/v1beta/models/gemini-x:streamGenerateContent?alt=sse');
  expect(call?.headers['x-goog-api-key']).toBe('canary-key');
  expect(call?.body).toEqual({
    systemInstruction: { role: 'system', parts: [{ text: 'Be short.' }] },
    safetySettings: [{ category: 'X', threshold: 'Y' }],
    contents: [
      {
        role: 'user',
        parts: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/jpeg', data: '/9gB' } }],
      },
      { role: 'model', parts: [{ text: 'A picture.' }] },
      { role: 'user', parts: [{ text: 'Of what?' }] },
    ],
    generationConfig: {
      thinkingConfig: { thinkingLevel: 'low' },
      maxOutputTokens: 99,
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'object' },
    },
  });
});

test('an address with a version is taken at its word', async () => {
  const endpoint = endpointSchema.parse({ id: 'g', provider: 'gemini', model: 'm', stream: false });
  await createGeminiChat(endpoint, { baseUrl: `${server.url}/own/v1`, key: null }).chat(request, {
    signal: never,
  });
  expect(server.calls[0]?.path).toBe('/own/v1/models/m:generateContent');
});
