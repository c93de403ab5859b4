import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Fault, misbehave } from '../loopback.ts';

/*
 * The part that all video servers for tests share: jobs that go through a story one look at a time, and faults on demand.
 * What they say, and in which words, is each protocol's own (videos.ts, gemini-omni.ts).
 */

export type Step = 'submit' | 'look' | 'file' | 'list' | 'cancel';
/** `lost`: the job is taken and the connection breaks; `lost_hang`: it is taken and no answer comes. */
export type VideoFault = Fault | 'lost' | 'lost_hang' | 'redirect';

/** What a job is at one look, in the words that every protocol translates. */
export interface Look {
  status: 'waiting' | 'completed' | 'failed' | 'expired';
  progress?: number;
  error?: { code: string; message: string };
}

export interface DeskJob {
  id: string;
  asked: Record<string, unknown>;
  looks: number;
  createdS: number;
  cancelled: boolean;
}

/** A request as a protocol reads it. */
export interface Seen {
  /** Method and path, without the query. */
  route: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** What a protocol makes of a request: a step, and how it is answered. `null`: no such route. */
export interface Handling {
  step: Step;
  answer: () => Promise<Said> | Said;
}
export interface Said {
  status?: number;
  type?: string;
  body: unknown;
}
export type Speaker = (seen: Seen, desk: VideoDesk) => Handling | null;

export interface VideoDesk {
  /** The base URL. */
  url: string;
  /** Ends the requests' place among the server's: a file may lie elsewhere. */
  origin: string;
  calls: (Seen & { step: Step | null })[];
  jobs: DeskJob[];
  /** One look each; the last one stays. */
  story: Look[];
  video: Buffer;
  /** The file of one job, where it is another one. */
  videoOf: (job: DeskJob) => Buffer;
  videoType: string;
  /** Where a `redirect` leads. */
  elsewhere: string;
  /** It tells a job's model by the name that it was asked by, instead of a name of its own. */
  asAsked: boolean;
  /** Makes the next request of this kind fail; they queue up. */
  fail(fault: VideoFault, step: Step): void;
  take(asked: Record<string, unknown>): DeskJob;
  find(id: string): DeskJob | undefined;
  /** What a job is at this look; the next one is further on. */
  look(job: DeskJob, further?: boolean): Look;
  close(): Promise<void>;
}

/** Starts a server for a protocol; `base` is the path of its base URL. */
export async function startVideoDesk(base: string, speak: Speaker): Promise<VideoDesk> {
  const faults: { fault: VideoFault; step: Step }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', desk.origin);
    const seen = {
      route: `${request.method} ${url.pathname.slice(base.length)}`,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    const handling = speak(seen, desk);
    desk.calls.push({ ...seen, step: handling?.step ?? null });
    const index = faults.findIndex(({ step }) => step === handling?.step);
    const [next] = index < 0 ? [] : faults.splice(index, 1);
    if (handling === null) send(response, { status: 404, body: { detail: 'no such route' } });
    else if (next?.fault === 'redirect') response.writeHead(302, { location: desk.elsewhere }).end();
    else await respond(next?.fault, handling, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const desk: VideoDesk = {
    url: `${origin}${base}`,
    origin,
    calls: [],
    jobs: [],
    story: [
      { status: 'waiting', progress: 0 },
      { status: 'waiting', progress: 40 },
      { status: 'completed', progress: 100 },
    ],
    video: Buffer.from('the bytes of a video'),
    videoOf: () => desk.video,
    videoType: 'video/mp4',
    elsewhere: '/elsewhere',
    asAsked: false,
    fail: (fault, step) => faults.push({ fault, step }),
    take(asked) {
      const id = `job-${desk.jobs.length + 1}`;
      const job = { id, asked, looks: 0, createdS: Math.floor(Date.now() / 1000), cancelled: false };
      desk.jobs.push(job);
      return job;
    },
    find: (id) => desk.jobs.find((job) => job.id === id),
    look(job, further = true) {
      if (further) job.looks++;
      return desk.story[Math.min(job.looks, desk.story.length - 1)] ?? { status: 'completed' };
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return desk;
}

async function respond(
  fault: Exclude<VideoFault, 'redirect'> | undefined,
  { answer }: Handling,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault === undefined) return send(response, await answer());
  if (fault !== 'lost' && fault !== 'lost_hang') return misbehave(fault, request, response);
  await answer();
  if (fault === 'lost') response.destroy();
}

function send(response: ServerResponse, { status = 200, type = 'application/json', body }: Said): void {
  response.writeHead(status, { 'content-type': type });
  response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
