import {
  type DeskJob,
  type Handling,
  type Look,
  type Said,
  type Seen,
  type Speaker,
  startVideoDesk,
  type VideoDesk,
} from './video-desk.ts';

/*
 * Video servers for tests, on 127.0.0.1, written from the documentation of each: vLLM-Omni and SGLang (OpenAI's shape, the first
 * by forms, the second by JSON), OpenRouter, and NVIDIA Dynamo, which answers with the finished video.
 */

export type ServedDialect = 'vllm-omni' | 'sglang' | 'openrouter' | 'dynamo-sync';

interface Manners {
  base: string;
  /** Throws what is said of a body that it does not take. */
  read: (seen: Seen) => Promise<Record<string, unknown>>;
  /** The word for a job that waits. */
  waiting: string;
  /** Has it a list of jobs, and can a job be deleted? */
  keeps: boolean;
  /** What it repeats of the request. */
  repeats: readonly string[];
}

const refuse = (message: string): Said => ({
  status: 400,
  body: { error: { message, type: 'invalid_request' } },
});

async function fromForm({ body, headers }: Seen) {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw refuse('a multipart form is expected');
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(form);
}

async function fromJson({ body, headers }: Seen): Promise<Record<string, unknown>> {
  if (headers['content-type'] !== 'application/json') throw refuse('input_reference file is required');
  return { ...JSON.parse(body.toString()) };
}

const manners: Record<ServedDialect, Manners> = {
  'vllm-omni': { base: '/v1', read: fromForm, waiting: 'queued', keeps: true, repeats: ['prompt', 'seed'] },
  // It repeats no prompt.
  sglang: { base: '/v1', read: fromJson, waiting: 'queued', keeps: true, repeats: ['size', 'seconds'] },
  openrouter: { base: '/api/v1', read: fromJson, waiting: 'pending', keeps: false, repeats: [] },
  'dynamo-sync': { base: '/v1', read: fromJson, waiting: 'in_progress', keeps: false, repeats: [] },
};

/** Starts the server of a dialect on a free port. */
export function startVideos(dialect: ServedDialect): Promise<VideoDesk> {
  const own = manners[dialect];
  const speaker: Speaker = (seen, desk) => {
    if (seen.route === 'POST /videos')
      return { step: 'submit', answer: () => submitted(seen, desk, own, dialect) };
    if (dialect === 'dynamo-sync') return null;
    if (seen.route === 'GET /videos' && own.keeps)
      return { step: 'list', answer: () => ({ body: listOf(desk, own) }) };
    return ofJob(seen, desk, own);
  };
  return startVideoDesk(own.base, speaker);
}

async function submitted(seen: Seen, desk: VideoDesk, own: Manners, dialect: ServedDialect): Promise<Said> {
  try {
    const job = desk.take(await own.read(seen));
    if (dialect === 'dynamo-sync') return { body: finished(job, desk) };
    const status = dialect === 'openrouter' ? 202 : 200;
    return { status, body: told(job, desk.look(job, false), own, desk) };
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'body' in thrown)
      return { status: 400, body: thrown.body };
    throw thrown;
  }
}

function finished(job: DeskJob, desk: VideoDesk) {
  const { error } = desk.story.at(-1) ?? {};
  if (error) return { ...about(job, desk), status: 'failed', data: [], error };
  const data = [{ b64_json: desk.video.toString('base64') }];
  return { ...about(job, desk), object: 'video', status: 'completed', progress: 100, data };
}

const about = ({ id, asked }: DeskJob, { asAsked }: VideoDesk) => {
  return { id, model: `${asAsked ? '' : 'served-'}${String(asked.model)}` };
};

function told(job: DeskJob, look: Look, { waiting, repeats }: Manners, desk: VideoDesk) {
  const { asked, createdS } = job;
  const status = look.status === 'waiting' ? (look.progress ? 'in_progress' : waiting) : look.status;
  const openRouter = waiting === 'pending';
  const { error } = look;
  return {
    ...about(job, desk),
    status: job.cancelled ? 'cancelled' : status,
    ...Object.fromEntries(repeats.map((name) => [name, asked[name]])),
    ...(openRouter
      ? { polling_url: `/api/v1/videos/${job.id}`, ...(status === 'completed' && { usage: { cost: 0.25 } }) }
      : { created_at: createdS, progress: look.progress ?? 0, object: 'video' }),
    ...(error && { error: openRouter ? `${error.code}: ${error.message}` : error }),
  };
}

const listOf = (desk: VideoDesk, own: Manners) => ({
  object: 'list',
  data: desk.jobs.toReversed().map((job) => told(job, desk.look(job, false), own, desk)),
});

function ofJob({ route, query }: Seen, desk: VideoDesk, own: Manners): Handling | null {
  const [, method, id = '', content] = /^(GET|DELETE) \/videos\/([^/]+)(\/content)?$/.exec(route) ?? [];
  const job = desk.find(id);
  if (job === undefined) return null;
  if (method === 'DELETE') {
    if (!own.keeps) return null;
    job.cancelled = true;
    return { step: 'cancel', answer: () => ({ body: { id, deleted: true } }) };
  }
  if (content === undefined)
    return { step: 'look', answer: () => ({ body: told(job, desk.look(job), own, desk) }) };
  if (!own.keeps && query.get('index') !== '0') return null;
  return { step: 'file', answer: () => ({ type: desk.videoType, body: desk.videoOf(job) }) };
}
