import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/*
 * A server for tests, on 127.0.0.1, that speaks Anthropic's Messages API, written from its documentation: whole messages,
 * streams of named events with thinking and pings between the words, and errors in its shape.
 */

export interface Message {
  model?: string;
  text: string;
  stopReason: string;
  usage?: Record<string, number>;
}

export interface AnthropicServer {
  /** Ends in `/v1`. */
  url: string;
  calls: { headers: IncomingMessage['headers']; body: Record<string, unknown> }[];
  message: Message;
  /** What the next request gets instead: a failure, or a function that misbehaves. */
  next: Failure | ((response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

export interface Failure {
  status: number;
  type: string;
  message: string;
  details?: Record<string, string>;
  headers?: Record<string, string>;
}

export const plainMessage: Message = {
  model: 'served-claude-1',
  text: 'Hello.',
  stopReason: 'end_turn',
  usage: {
    input_tokens: 5,
    cache_read_input_tokens: 12,
    cache_creation_input_tokens: 3,
    output_tokens: 9,
  },
};

export async function startAnthropic(): Promise<AnthropicServer> {
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    me.calls.push({ headers: request.headers, body });
    const { next } = me;
    me.next = undefined;
    if (typeof next === 'function') next(response);
    else if (next !== undefined) fail(response, next);
    else if (request.url !== '/v1/messages')
      fail(response, { status: 404, type: 'not_found_error', message: 'no route' });
    else if (body.stream === true) stream(response, eventsOf(me.message));
    else send(response, whole(me.message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const me: AnthropicServer = {
    url: `http://127.0.0.1:${port}/v1`,
    calls: [],
    message: plainMessage,
    next: undefined,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return me;
}

function whole({ model, text, stopReason, usage }: Message) {
  const content = [
    { type: 'thinking', thinking: 'Let me think.', signature: 'x' },
    { type: 'text', text },
  ];
  return { id: 'msg_1', type: 'message', role: 'assistant', model, content, stop_reason: stopReason, usage };
}

/** The events of a message: the input is counted at the start, the output at the end. */
export function eventsOf({ model, text, stopReason, usage }: Message): Record<string, unknown>[] {
  const { output_tokens: output, ...input } = usage ?? {};
  const delta = (value: Record<string, unknown>) => ({ type: 'content_block_delta', index: 1, delta: value });
  return [
    {
      type: 'message_start',
      message: { model, ...(usage ? { usage: { ...input, output_tokens: 1 } } : {}) },
    },
    { type: 'ping' },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    delta({ type: 'thinking_delta', thinking: 'Let me think.' }),
    ...[...text].map((letter) => delta({ type: 'text_delta', text: letter })),
    { type: 'content_block_stop', index: 1 },
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason },
      ...(output === undefined ? {} : { usage: { output_tokens: output } }),
    },
    { type: 'message_stop' },
  ];
}

export function stream(response: ServerResponse, events: readonly Record<string, unknown>[]): void {
  begin(response, events);
  response.end();
}

/** Sends events and leaves the stream open. */
export function begin(response: ServerResponse, events: readonly Record<string, unknown>[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function fail(response: ServerResponse, { status, type, message, details, headers }: Failure): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ type: 'error', error: { type, message, ...(details ? { details } : {}) } }));
}

function send(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
