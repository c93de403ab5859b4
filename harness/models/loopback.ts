import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  isStreamFault,
  type StreamFault,
  streamFaults,
  wantsStream,
  writeStream,
} from './loopback/chat-stream.ts';

/*
 * A server for tests, on 127.0.0.1: it speaks the protocol of OpenAI-compatible chat servers and of `/videos` servers, and
 * fails on demand in the ways that real ones do.
 */

const openAiError = (type: string, code: string | null, message: string) => ({
  error: { message, type, code },
});
const html = '<!doctype html><title>502</title><h1>Bad gateway</h1>';

/** What a fault sends. `hang` says nothing, `hang_in_body` and `cut` stop in the middle; `echo…` repeats the key. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

const faults = {
  rate_limit: {
    status: 429,
    headers: { 'retry-after': '2' },
    body: openAiError('requests', 'rate_limit_exceeded', 'slow down'),
  },
  rate_limit_ms: {
    status: 429,
    headers: { 'retry-after-ms': '120' },
    body: openAiError('requests', 'rate_limit_exceeded', 'slow down'),
  },
  insufficient_quota: {
    status: 429,
    body: openAiError('insufficient_quota', 'insufficient_quota', 'no money left'),
  },
  server_error: { status: 500, body: openAiError('server_error', null, 'it broke') },
  overloaded: { status: 503, body: openAiError('server_error', 'server_is_overloaded', 'busy') },
  conflict: { status: 409, body: openAiError('conflict', null, 'twice at once') },
  auth: { status: 401, body: openAiError('invalid_request_error', 'invalid_api_key', 'wrong key') },
  forbidden: { status: 403, body: openAiError('permission', null, 'not for you') },
  bad_request: {
    status: 400,
    body: openAiError('invalid_request_error', 'unsupported_parameter', 'no such field'),
  },
  unprocessable: { status: 422, body: { detail: [{ loc: ['body'], msg: 'field required' }] } },
  context_length: {
    status: 400,
    body: openAiError('invalid_request_error', 'context_length_exceeded', 'too long'),
  },
  vllm_context: {
    status: 400,
    body: {
      object: 'error',
      message: 'The maximum context length is 4096 tokens',
      type: 'BadRequestError',
      code: 400,
    },
  },
  vllm_no_model: {
    status: 404,
    body: { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 },
  },
  model_gone: {
    status: 404,
    body: openAiError('invalid_request_error', 'model_not_found', 'it was retired'),
  },
  policy: {
    status: 400,
    body: openAiError('invalid_request_error', 'content_policy_violation', 'we will not'),
  },
  request_timeout: { status: 408, body: openAiError('timeout', null, 'too slow') },
  html: { status: 200, headers: { 'content-type': 'text/html' }, body: html },
  html_gateway: { status: 502, headers: { 'content-type': 'text/html' }, body: html },
  wrong_json: { status: 200, body: { hello: 'world' } },
  broken_json: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"choices": [' },
  error_in_200: {
    status: 200,
    body: openAiError('server_error', 'server_is_overloaded', 'upstream is busy'),
  },
} as const satisfies Record<string, Answer>;
const special = ['hang', 'hang_in_body', 'cut', 'echo', 'echo_in_200'] as const;
export type Fault = keyof typeof faults | (typeof special)[number] | StreamFault;

/** One request as it arrived. */
export interface SeenCall {
  route: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** The caller's port: which connection it came by. */
  port: number | undefined;
}

export interface Loopback {
  /** Ends in `/v1`. */
  url: string;
  calls: SeenCall[];
  /** The body of the next completions; `video` is what a finished job's `/content` holds. */
  completion: unknown;
  /** Chat is streamed to who asks for it, as most servers do; `false`: it comes in one piece all the same. */
  streams: boolean;
  video: Buffer;
  /** The states that a job goes through, one per look; the last one stays. */
  jobStates: Record<string, unknown>[];
  /** Makes the next request of a route (`POST /v1/videos`; any when left out) fail; faults of a route queue up. */
  failNext(fault: Fault, route?: string): void;
  /** Connections that are open now. */
  open(): number;
  close(): Promise<void>;
}

export const plainCompletion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'served-model-1',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello.', refusal: null } },
  ],
  usage: {
    prompt_tokens: 20,
    completion_tokens: 9,
    total_tokens: 29,
    prompt_tokens_details: { cached_tokens: 12 },
    completion_tokens_details: { reasoning_tokens: 4 },
  },
};
const job = (status: string, progress: number) => ({
  object: 'video',
  model: 'served-video-1',
  status,
  progress,
});

/** Starts the server on a free port. */
export async function startLoopback(): Promise<Loopback> {
  const queued: { fault: Fault; route: string | undefined }[] = [];
  const looks = { count: 0 };
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const route = `${request.method} ${request.url}`;
    const body = Buffer.concat(chunks);
    loopback.calls.push({ route, headers: request.headers, body, port: request.socket.remotePort });
    const index = queued.findIndex((entry) => entry.route === undefined || entry.route === route);
    const [next] = index === -1 ? [] : queued.splice(index, 1);
    if (next !== undefined) misbehave(next.fault, request, response);
    else if (loopback.streams && wantsStream(body)) writeStream(response, loopback.completion);
    else answer(route, response, loopback, looks);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const loopback: Loopback = {
    url: `http://127.0.0.1:${port}/v1`,
    calls: [],
    completion: plainCompletion,
    streams: true,
    video: Buffer.from('the bytes of a video'),
    jobStates: [job('queued', 0), job('in_progress', 40), job('completed', 100)],
    failNext: (fault, route) => queued.push({ fault, route }),
    open: () => sockets.size,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return loopback;
}

/** The server's good behaviour, by route. */
function answer(route: string, response: ServerResponse, loopback: Loopback, looks: { count: number }): void {
  const state = () => ({
    id: 'video_1',
    ...loopback.jobStates[Math.min(looks.count, loopback.jobStates.length - 1)],
  });
  const routes: Record<string, () => unknown> = {
    'POST /v1/chat/completions': () => loopback.completion,
    'POST /v1/videos': () => {
      looks.count = 0;
      return state();
    },
    'GET /v1/videos/video_1': () => {
      looks.count += 1;
      return state();
    },
    'DELETE /v1/videos/video_1': () => ({ id: 'video_1', deleted: true }),
  };
  const served = routes[route];
  if (served !== undefined) send(response, 200, served());
  else if (route === 'GET /v1/videos/video_1/content') {
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(loopback.video);
  } else send(response, 404, openAiError('invalid_request_error', null, `no route ${route}`));
}

export function misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault === 'hang') return;
  if (isStreamFault(fault)) {
    streamFaults[fault](response);
    return;
  }
  if (fault === 'cut' || fault === 'hang_in_body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"choices": [{"message": {"content": "Hel');
    if (fault === 'cut') setTimeout(() => response.destroy(), 20);
    return;
  }
  if (fault === 'echo' || fault === 'echo_in_200') {
    const said = `wrong key: ${request.headers.authorization?.replace('Bearer ', '')}`;
    if (fault === 'echo') send(response, 401, openAiError('invalid_request_error', 'invalid_api_key', said));
    else send(response, 200, { said });
    return;
  }
  const { status, body, ...rest } = faults[fault];
  send(response, status, body, 'headers' in rest ? rest.headers : {});
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
