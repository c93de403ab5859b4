import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../store/errors.ts';
import { answerAsAuthor } from './author.ts';
import { answerAsBuilder } from './builder.ts';
import { openBuildingShelf } from './building.ts';
import { completeChat, type OfflineChatModel } from './chat-route.ts';
import { answerAsCritic } from './critic/critic.ts';
import { readBody, sendError, sendJson } from './http.ts';
import { openLessonShelf } from './lessons.ts';
import { createProxyJudge, type MeasurePictures } from './proxy-judge.ts';
import { createReader, type ReadFrame } from './reader.ts';
import { OfflineRefusal } from './refusal.ts';
import { answerAsReviewer } from './reviewer.ts';
import { type MakeNoiseVideo, openVideoJobs, type VideoJobs } from './video-route.ts';

export interface OfflineServerOptions {
  /** Reads the text of one JPEG; the reader calls it once per picture. */
  ocr: ReadFrame;
  makeNoiseVideo: MakeNoiseVideo;
  /** For the proxy judge; without it there is none. */
  measure?: MeasurePictures;
  /** Folder of the lessons, for tests. */
  lessons?: string;
}

export interface OfflineServer {
  /** Base URL as providers want it: `http://127.0.0.1:<port>/v1`. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the offline endpoints on a free port of 127.0.0.1: chat models `author`, `critic`, `reader`,
 * `proxy-judge`, `builder` and `reviewer`, video model `noise-video`.
 * They see the request and nothing else. An address that begins with `/wait/<first ms>/<ms per token>` has its chat replies
 * wait so long. Requests they cannot serve are answered 4xx with OpenAI's error body (422: no
 * json block, no lesson); a failure of ours is 500. The server does not keep the process alive.
 */
export async function startOfflineServer(options: OfflineServerOptions): Promise<OfflineServer> {
  const shelf = openLessonShelf(options.lessons);
  const building = openBuildingShelf();
  const models: Record<string, OfflineChatModel> = {
    author: ({ lastUserMessage }) => answerAsAuthor(shelf, lastUserMessage),
    critic: ({ lastUserMessage }) => answerAsCritic(lastUserMessage),
    reader: createReader(options.ocr),
    builder: ({ lastUserMessage }) => answerAsBuilder(building, lastUserMessage),
    reviewer: (request) => answerAsReviewer(building, request),
    ...(options.measure && { 'proxy-judge': createProxyJudge(options.measure) }),
  };
  const jobs = openVideoJobs(options.makeNoiseVideo);
  const server = createServer((request, response) => {
    serve(request, response, models, jobs).catch((thrown) => fail(response, thrown));
  });
  // A reader may take minutes over its first question; only the client decides how long it waits.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async close() {
      jobs.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  models: Readonly<Record<string, OfflineChatModel>>,
  jobs: VideoJobs,
): Promise<void> {
  const [, firstMs = '0', perTokenMs = '0', path = '/'] =
    /^(?:\/wait\/(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?))?(\/.*)$/.exec(
      new URL(request.url ?? '/', 'http://127.0.0.1').pathname,
    ) ?? [];
  const route = `${request.method} ${path}`;
  const [, id, tail] = /^\/v1\/videos\/([^/]+)(\/content)?$/.exec(path) ?? [];
  if (route === 'POST /v1/chat/completions') {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const body = await readBody(request);
    const reply = await completeChat(models, body.toString('utf8'), gone.signal);
    await wait(Number(firstMs) + Number(perTokenMs) * reply.usage.completion_tokens, gone.signal);
    sendJson(response, 200, reply);
  } else if (route === 'POST /v1/videos') {
    sendJson(
      response,
      200,
      await jobs.create(await readBody(request), request.headers['content-type'] ?? ''),
    );
  } else if (id !== undefined && tail !== undefined && request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(jobs.content(id));
  } else if (id !== undefined && tail === undefined && request.method === 'GET') {
    sendJson(response, 200, jobs.state(id));
  } else if (id !== undefined && tail === undefined && request.method === 'DELETE') {
    sendJson(response, 200, jobs.remove(id));
  } else {
    throw new OfflineRefusal(404, 'not_found', `${route} is not served here`);
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal });
}

function fail(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
  } else if (thrown instanceof OfflineRefusal) {
    sendError(response, thrown.status, thrown.code, thrown.message);
  } else {
    sendError(response, 500, 'offline_failure', messageOf(thrown));
  }
}
