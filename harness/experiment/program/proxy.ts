import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { boundedBytes, wholeText } from '../../models/body-reader.ts';
import type { ChatReply, ChatRequest } from '../../models/chat.ts';
import { type FailureClass, ModelError } from '../../models/model-error.ts';
import { messageOf } from '../../store/errors.ts';
import { parseJson } from '../../store/parse-json.ts';
import { askedSchema, completionOf, piecesOf, requestOf } from './wire.ts';

/** What a program's calls go through. */
export interface ProxyOptions {
  /** Names of models that the program may ask for. */
  models: readonly string[];
  /** Makes the call, within the cell's journal, limits and budgets. */
  call: (model: string, request: ChatRequest) => Promise<ChatReply>;
}

/** A server for one cell's program, while that runs. */
export interface MeteringProxy {
  /** Ends in `/v1`; for a unix socket the port is whoever forwards to it. */
  url: string;
  token: string;
  /** Calls that it answered. */
  calls: number;
  /** The first failure that was not the program's own: the cell is then not the method's failure. */
  failure: unknown;
  close(): Promise<void>;
}

/** How a failure of a model is told in OpenAI's terms. */
const told: Partial<Record<FailureClass, [number, string]>> = {
  rate_limit: [429, 'rate_limit_exceeded'],
  quota: [429, 'insufficient_quota'],
  bad_request: [400, 'invalid_value'],
  context_length: [400, 'context_length_exceeded'],
  model_gone: [404, 'model_not_found'],
};
/** Failures that a request brings upon itself. */
const ownFaults: readonly FailureClass[] = ['bad_request', 'context_length'];

/**
 * Starts the metering proxy of a cell: an OpenAI-compatible server on this machine (`/v1/chat/completions`, `/v1/models`) whose every call is the
 * harness's own, so that programs of others get an honest bill. It takes the token of this cell alone, and nothing once it is closed. It
 * listens on a free port of 127.0.0.1, or on a unix socket.
 */
export async function startProxy(options: ProxyOptions, socket?: string): Promise<MeteringProxy> {
  const token = randomBytes(24).toString('hex');
  const server = createServer((request, response) => {
    void answer(request, response, options, proxy).catch((thrown: unknown) => {
      if (!response.headersSent) refuse(response, 500, 'server_error', messageOf(thrown));
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (socket === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socket, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const proxy: MeteringProxy = {
    url: `http://127.0.0.1:${port}/v1`,
    token,
    calls: 0,
    failure: null,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return proxy;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ProxyOptions,
  proxy: MeteringProxy,
): Promise<void> {
  const text = await wholeText(boundedBytes(request));
  if (!isKnown(request.headers.authorization ?? '', proxy.token))
    return refuse(response, 401, 'invalid_api_key', 'this token is not the one of this cell');
  const route = `${request.method} ${(request.url ?? '').replace(/\?.*$/, '')}`;
  if (route === 'GET /v1/models') {
    const data = options.models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'mmmc' }));
    return send(response, 200, { object: 'list', data });
  }
  if (route !== 'POST /v1/chat/completions')
    return refuse(
      response,
      404,
      'unknown_url',
      `${route} is not served: /v1/chat/completions and /v1/models are`,
    );
  const asked = askedSchema.safeParse(parseJson(text));
  if (!asked.success) return refuse(response, 400, 'invalid_value', z.prettifyError(asked.error));
  const { model, stream, stream_options } = asked.data;
  if (!options.models.includes(model))
    return refuse(
      response,
      404,
      'model_not_found',
      `there is no model ${model}: ${options.models.join(', ')}`,
    );
  const reply = await called(asked.data.model, () => requestOf(asked.data), options, proxy, response);
  if (reply === null) return undefined;
  const id = `chatcmpl-${++proxy.calls}`;
  if (!stream) return send(response, 200, completionOf(model, id, reply));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of piecesOf(model, id, reply, stream_options?.include_usage === true))
    response.write(`data: ${JSON.stringify(piece)}\n\n`);
  response.end('data: [DONE]\n\n');
  return undefined;
}

/** The reply; `null` when the failure was told. */
async function called(
  model: string,
  request: () => ChatRequest,
  { call }: ProxyOptions,
  proxy: MeteringProxy,
  response: ServerResponse,
): Promise<ChatReply | null> {
  let asked: ChatRequest;
  try {
    asked = request();
  } catch (thrown) {
    refuse(response, 400, 'invalid_value', messageOf(thrown));
    return null;
  }
  try {
    return await call(model, asked);
  } catch (thrown) {
    const failure = thrown instanceof ModelError ? thrown.failure : null;
    if (failure === null || !ownFaults.includes(failure)) proxy.failure ??= thrown;
    const [status, code] = (failure && told[failure]) ?? [
      failure === null ? 429 : 502,
      failure ?? 'insufficient_quota',
    ];
    refuse(response, status, code, messageOf(thrown));
    return null;
  }
}

function isKnown(header: string, token: string): boolean {
  const [given, own] = [Buffer.from(header), Buffer.from(`Bearer ${token}`)];
  return given.length === own.length && timingSafeEqual(given, own);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, { error: { message, type: code, code, param: null } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
