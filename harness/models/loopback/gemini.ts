import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * A server for tests, on 127.0.0.1, that speaks Google's generateContent and its Files API, written from ai.google.dev: whole replies,
 * streams of server-sent events with thoughts between the words, resumable uploads, and errors in its shape.
 */

export interface Generated {
  /** Words, thoughts apart: each string is a piece of the stream. */
  words: string[];
  finishReason?: string | undefined;
  blockReason?: string;
  usage?: Record<string, unknown> | undefined;
  modelVersion?: string | undefined;
}

export interface Failure {
  status: number;
  name: string;
  message: string;
  details?: unknown[];
  headers?: Record<string, string>;
}

export interface Uploaded {
  name: string;
  bytes: number;
  mimeType: string;
  /** Looks at it that still say PROCESSING. */
  looks: number;
  state: 'ACTIVE' | 'FAILED';
  deleted: boolean;
}

export interface GeminiServer {
  url: string;
  calls: { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }[];
  reply: Generated;
  /** What the next generation gets instead: a failure, or a function that misbehaves. */
  next: Failure | ((response: ServerResponse) => void) | undefined;
  files: Uploaded[];
  /** How uploads turn out; without a `place` it names its own. */
  upload: Pick<Uploaded, 'looks' | 'state'> & { place?: string };
  close(): Promise<void>;
}

export const plainReply: Generated = {
  words: ['Hel', 'lo.'],
  finishReason: 'STOP',
  usage: {
    promptTokenCount: 20,
    cachedContentTokenCount: 12,
    candidatesTokenCount: 5,
    thoughtsTokenCount: 4,
  },
  modelVersion: 'served-model-1',
};

export async function startGemini(): Promise<GeminiServer> {
  const server = createServer(async (request, response) => {
    const bytes = await bytesOf(request);
    const path = request.url ?? '';
    if (path.includes('/files') || path.startsWith('/place/')) return files(me, request, response, bytes);
    me.calls.push({ path, headers: request.headers, body: JSON.parse(bytes.toString() || '{}') });
    const { next } = me;
    me.next = undefined;
    const gone = goneFile(me, bytes.toString());
    if (typeof next === 'function') next(response);
    else if (next !== undefined) fail(response, next);
    else if (gone !== undefined) fail(response, notYours(gone));
    else if (path.endsWith(':streamGenerateContent?alt=sse')) await stream(response, piecesOf(me.reply));
    else send(response, 200, whole(me.reply));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const me: GeminiServer = {
    url: `http://127.0.0.1:${port}`,
    calls: [],
    reply: plainReply,
    next: undefined,
    files: [],
    upload: { looks: 0, state: 'ACTIVE' },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return me;
}

/** What came of a request, also of one that was given up. */
async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch (thrown) {
    if (!request.destroyed) throw thrown;
  }
  return Buffer.concat(chunks);
}

/** The first file that a request names and that is not there. */
function goneFile(me: GeminiServer, body: string): string | undefined {
  const named = [...body.matchAll(/"fileUri":"[^"]*\/(files\/\w+)"/g)].map(([, name]) => name);
  return named.find((name) => !me.files.some((file) => file.name === name && !file.deleted));
}

const notYours = (name: string): Failure => ({
  status: 403,
  name: 'PERMISSION_DENIED',
  message: `You do not have permission to access the File ${name.slice(6)} or it may not exist.`,
});

const told = ({ usage, modelVersion }: Generated) => ({
  ...(usage && { usageMetadata: usage }),
  ...(modelVersion && { modelVersion }),
});

function whole(reply: Generated) {
  if (reply.blockReason) return { promptFeedback: { blockReason: reply.blockReason }, ...told(reply) };
  const parts = [{ text: 'Let me think.', thought: true }, { text: reply.words.join('') }];
  const { finishReason } = reply;
  return { candidates: [{ content: { role: 'model', parts }, finishReason }], ...told(reply) };
}

/** The pieces of a stream: each tells the tokens so far, the last one why it ends. */
export function piecesOf(reply: Generated): unknown[] {
  if (reply.blockReason) return [whole(reply)];
  const piece = (part: object, finishReason?: string) => ({
    candidates: [{ content: { role: 'model', parts: [part] }, ...(finishReason && { finishReason }) }],
    ...told(reply),
  });
  return [
    piece({ text: 'Let me think.', thought: true }),
    ...reply.words.map((text) => piece({ text })),
    piece({ text: '' }, reply.finishReason),
  ];
}

/** Begins a stream and sends these pieces; the caller ends it. */
export function begin(response: ServerResponse, pieces: readonly unknown[]): ServerResponse {
  if (!response.headersSent) response.setHeader('content-type', 'text/event-stream');
  response.write(pieces.map((piece) => `data: ${JSON.stringify(piece)}\r\n\r\n`).join(''));
  return response;
}

async function stream(response: ServerResponse, pieces: readonly unknown[]): Promise<void> {
  for (const piece of pieces) {
    begin(response, [piece]);
    await sleep(1);
  }
  response.end();
}

export function fail(
  response: ServerResponse,
  { status, name, message, details, headers = {} }: Failure,
): void {
  for (const [key, value] of Object.entries(headers)) response.setHeader(key, value);
  send(response, status, { error: { code: status, status: name, message, ...(details && { details }) } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=UTF-8').end(JSON.stringify(body));
}

/** The Files API: a place to upload to, the upload, looks and deletions. */
function files(me: GeminiServer, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const path = request.url ?? '';
  const name = `files/${path.split('/').at(-1)}`;
  const known = me.files.find((file) => file.name === name && !file.deleted);
  const described = (file: Uploaded) => ({
    name: file.name,
    uri: `${me.url}/v1beta/${file.name}`,
    state: file.looks-- > 0 ? 'PROCESSING' : file.state,
    ...(file.state === 'FAILED' && { error: { message: 'no video stream' } }),
  });
  if (path === '/upload/v1beta/files') {
    const mimeType = String(request.headers['x-goog-upload-header-content-type']);
    const { place = me.url, ...upload } = me.upload;
    me.files.push({ name: `files/f${me.files.length}`, bytes: -1, mimeType, deleted: false, ...upload });
    response.setHeader('x-goog-upload-url', `${place}/place/f${me.files.length - 1}`).end('{}');
  } else if (path.startsWith('/place/') && known) {
    known.bytes = body.length;
    send(response, 200, { file: described(known) });
  } else if (known && request.method === 'DELETE') {
    known.deleted = true;
    send(response, 200, {});
  } else if (known) send(response, 200, described(known));
  else fail(response, { status: 404, name: 'NOT_FOUND', message: 'no such file' });
}
