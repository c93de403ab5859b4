import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * A hostile server for tests: whatever it is asked, it repeats the key that it was sent, in every form it can think of. The first part of
 * the path says how: `/reply/…`, `/json-error/…`, `/html/…`, `/cut/…`; the rest is the provider's own protocol.
 */

/** The forms in which a key may be repeated. */
export function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  return [
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...['', 'a', 'ab'].flatMap((before) => {
      const longer = Buffer.from(`${before}${key}`);
      return [longer.toString('base64'), longer.toString('base64url')];
    }),
  ];
}

const said = (key: string) =>
  `your key is ${key}, ${formsOf(key).join(' ')}, ${Buffer.from(`Bearer ${key}`).toString('base64')}`;

export interface EchoServer {
  url: string;
  /** Keys as they came, by path. */
  keys: Map<string, string>;
  close(): Promise<void>;
}

export async function startEcho(): Promise<EchoServer> {
  const keys = new Map<string, string>();
  const server = createServer(async (request, response) => {
    request.resume();
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const key = keyIn(request, url);
    keys.set(url.pathname, key);
    const [, how = '', ...path] = url.pathname.split('/');
    response.setHeader('x-echo', key);
    const answer = answers[how] ?? answers['json-error'];
    await answer?.(response, key, path.join('/'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function keyIn({ headers }: IncomingMessage, url: URL): string {
  const one = (value: string | string[] | undefined) => [value].flat()[0];
  return (
    headers.authorization?.replace(/^Bearer /, '') ??
    one(headers['x-api-key']) ??
    one(headers['x-goog-api-key']) ??
    url.searchParams.get('key') ??
    ''
  );
}

type Answer = (response: ServerResponse, key: string, path: string) => void | Promise<void>;

const answers: Record<string, Answer> = {
  reply: (response, key, path) => {
    const reply = replyOf(path, said(key), key);
    if (!path.endsWith(':streamGenerateContent')) return send(response, 200, reply);
    response.setHeader('content-type', 'text/event-stream').end(`data: ${JSON.stringify(reply)}\n\n`);
  },
  'json-error': (response, key) =>
    send(response, 400, { error: { message: said(key), type: key, code: key, status: key } }),
  html: (response, key) => {
    response.setHeader('content-type', 'text/html').end(`<html><body>${said(key)}</body></html>`);
  },
  cut: async (response, key, path) => {
    response.setHeader('content-type', 'text/event-stream').flushHeaders();
    const event = `data: ${JSON.stringify(replyOf(path, said(key), key))}\n\ndata: {"error": {"message": "${said(key)}"}}\n\n`;
    for (let at = 0; at < event.length; at += 97) {
      response.write(event.slice(at, at + 97));
      await sleep(1);
    }
    response.destroy();
  },
};

/** A reply in the shape of the path's protocol. */
function replyOf(path: string, text: string, key: string): unknown {
  if (path.endsWith('chat/completions'))
    return {
      model: `m-${key}`,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
      usage: { prompt_tokens: 10, completion_tokens: 20 },
    };
  if (path.endsWith('messages'))
    return {
      model: `m-${key}`,
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 20 },
    };
  if (path.includes('enerateContent'))
    return {
      modelVersion: `m-${key}`,
      candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 20 },
    };
  return { id: key, status: 'failed', error: { message: text, code: key }, model: key };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}
