import { createServer, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import { noLimits, openFetch } from './open-fetch.ts';
import { createOpenAiChat } from './openai.ts';

/* What a server can answer that is no completion, in full or in part: bounded, classified, said in a short line. */

let close: () => void = () => {};
afterEach(() => close());

/** Starts a server that answers everything so; the base URL. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/v1`;
}

async function ask(baseUrl: string) {
  const endpoint = endpointSchema.parse({
    id: 'test',
    provider: 'openai',
    baseUrl,
    model: 'm',
    timeoutS: 20,
  });
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] as const;
  const { signal } = new AbortController();
  return createOpenAiChat(endpoint, { baseUrl, key: null }).chat({ messages }, { signal });
}

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const outcome: unknown = await work.catch((thrown: unknown) => thrown);
  if (outcome instanceof ModelError) return outcome;
  throw new Error('expected a ModelError', { cause: outcome });
}

const body = (value: unknown) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
const completion = (content: unknown, more: object = {}) => ({
  choices: [{ finish_reason: 'stop', message: { content } }],
  ...more,
});

it('takes a page of HTML for what it is, and asks whether the address is right', async () => {
  const page = (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('\n<!doctype html><h1>Welcome</h1>');
  const failed = await failureOf(ask(await serve(page)));
  expect(failed.failure).toBe('malformed');
  expect(failed.message).toContain('a page of HTML: is base_url right?');
});

const shapes: readonly [string, unknown][] = [
  ['a number as content', completion(7)],
  ['no choice', { choices: [] }],
  ['a list', [completion('Hi')]],
  ['nothing', ''],
  ['null', null],
  ['half of it', '{"choices": [{"message":'],
];
for (const [name, value] of shapes)
  it(`finds ${name} malformed`, async () => {
    expect((await failureOf(ask(await serve(body(value))))).failure).toBe('malformed');
  });

it('takes odd counts of tokens as unknown, and keeps the reply', async () => {
  const usage = { prompt_tokens: '20', completion_tokens: -1, completion_tokens_details: 'many' };
  const url = await serve(body(completion('Hi', { usage })));
  expect(await ask(url)).toMatchObject({
    text: 'Hi',
    usage: { input: null, cached: null, output: null, reasoning: null },
  });
});

it('takes fifty megabytes of something else as malformed, and quotes little of them', async () => {
  const failed = await failureOf(ask(await serve(body(`{"text": "${'x'.repeat(50 * 1024 ** 2)}"}`))));
  expect(failed.failure).toBe('malformed');
  expect(failed.message.length).toBeLessThan(400);
});

it('stops reading a reply that is larger than any', async () => {
  const megabyte = Buffer.alloc(1024 ** 2, ' ');
  let written = 0;
  const endless = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write(megabyte)) written += 1;
    };
    response.on('drain', more);
    more();
  };
  const failed = await failureOf(ask(await serve(endless)));
  expect(failed.message).toBe('the reply is larger than 64 MB');
  expect(written).toBeLessThan(100);
});

it('bounds what it reads of a failure as well', async () => {
  const long = (response: ServerResponse) =>
    response.writeHead(500, { 'content-type': 'text/plain' }).end('no '.repeat(2 * 1024 ** 2));
  const failed = await failureOf(ask(await serve(long)));
  expect(failed).toMatchObject({ failure: 'server', status: 500 });
  expect(failed.message.length).toBeLessThan(1200);
});

it('takes an answer without a body for what its status says', async () => {
  const unchanged = (response: ServerResponse) => response.writeHead(304).end();
  expect(await failureOf(ask(await serve(unchanged)))).toMatchObject({ failure: 'bad_request', status: 304 });
  close();
  const nothing = (response: ServerResponse) => response.writeHead(204).end();
  expect((await failureOf(ask(await serve(nothing)))).failure).toBe('malformed');
});

it('tells a certificate that nobody signed, or a server without any, as network', async () => {
  const url = await serve(body(completion('Hi')));
  const failed = await failureOf(ask(url.replace('http:', 'https:')));
  expect(failed.failure).toBe('network');
  expect(failed.message).toContain('SSL');
});

it('waits for headers as long as the attempt may take: the limits of the connection are off', async () => {
  const silent = () => {};
  const url = await serve(silent);
  const limited = new Agent({ ...noLimits, headersTimeout: 100 });
  await expect(openFetch(url, {}, limited)).rejects.toThrow('fetch failed');
  const late = (response: ServerResponse) => setTimeout(() => body(completion('Late.'))(response), 1500);
  close();
  expect(await ask(await serve(late))).toMatchObject({ text: 'Late.' });
  expect(noLimits).toEqual({ headersTimeout: 0, bodyTimeout: 0 });
});
