import type { IncomingMessage, ServerResponse } from 'node:http';
import { OfflineRefusal } from './refusal.ts';

/** 24 frames of full HD as base64 are about 10 MB; more than this is no request of ours. */
const bodyLimit = 64 * 1024 * 1024;

/** The whole body of a request. Throws OfflineRefusal 413 when it is too big. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a request without encoding gives bytes');
    size += chunk.length;
    if (size > bodyLimit) throw new OfflineRefusal(413, 'too_large', 'the request is larger than 64 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

/** An error in OpenAI's shape. */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  sendJson(response, status, { error: { message, type, code, param: null } });
}
