import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChatModel, type ChatRequest, unknownUsage } from './chat.ts';
import { type Fault, type Loopback, plainCompletion, startLoopback } from './loopback.ts';
import { type FailureClass, ModelError } from './model-error.ts';
import type { VideoModel, VideoRequest } from './video.ts';

/*
 * The contracts of the two ports, as tests that every implementation runs against the loopback server.
 * For tests only: it is loaded by vitest.
 */

/** Opens an implementation on a server; `timeoutS` is the time of one attempt (chat) or of one job (video). */
export type Open<T> = (server: { baseUrl: string; timeoutS: number }) => T | Promise<T>;

const request: ChatRequest = {
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image', mediaType: 'image/jpeg', bytes: new Uint8Array([255, 216, 1]), source: 'a frame' },
      ],
    },
  ],
};
const never = new AbortController().signal;

const failures: readonly [Fault, FailureClass][] = [
  ['rate_limit', 'rate_limit'],
  ['insufficient_quota', 'quota'],
  ['server_error', 'server'],
  ['overloaded', 'server'],
  ['html_gateway', 'server'],
  ['conflict', 'conflict'],
  ['auth', 'auth'],
  ['forbidden', 'auth'],
  ['bad_request', 'bad_request'],
  ['unprocessable', 'bad_request'],
  ['context_length', 'context_length'],
  ['vllm_context', 'context_length'],
  ['model_gone', 'model_gone'],
  ['vllm_no_model', 'model_gone'],
  ['policy', 'policy'],
  ['request_timeout', 'timeout'],
  ['html', 'malformed'],
  ['wrong_json', 'malformed'],
];
const chatFailures: readonly [Fault, FailureClass][] = [
  ...failures,
  ['broken_json', 'malformed'],
  ['error_in_200', 'server'],
  ['cut', 'network'],
  ['hang', 'timeout'],
  ['hang_in_body', 'timeout'],
];

/** Runs a test body with a fresh server. */
function useLoopback(): { server: () => Loopback } {
  let server: Loopback | undefined;
  beforeEach(async () => {
    server = await startLoopback();
  });
  afterEach(() => server?.close());
  return {
    server() {
      if (server === undefined) throw new Error('the server is started before each test');
      return server;
    },
  };
}

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const outcome: unknown = await work.catch((thrown: unknown) => thrown);
  if (outcome instanceof ModelError) return outcome;
  throw new Error('expected a ModelError', { cause: outcome });
}

export function chatContract(name: string, open: Open<ChatModel>): void {
  describe(`${name}, as a chat model`, () => {
    const { server } = useLoopback();
    const chat = async (signal = never, timeoutS = 5) => {
      const model = await open({ baseUrl: server().url, timeoutS });
      return model.chat(request, { signal });
    };
    const answering = (content: string | null, finish: string, refusal: string | null = null) => ({
      ...plainCompletion,
      choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, refusal } }],
    });

    it('returns the text, the finish, the tokens and the model that answered', async () => {
      expect(await chat()).toEqual({
        text: 'Hello.',
        finish: 'stop',
        usage: { input: 20, cached: 12, output: 9, reasoning: 4 },
        servedModel: 'served-model-1',
      });
    });

    it('says that tokens and model are unknown when the server does not tell them', async () => {
      server().completion = { choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop' }] };
      expect(await chat()).toEqual({ text: 'Hi.', finish: 'stop', usage: unknownUsage, servedModel: null });
    });

    it('keeps apart replies that are complete, cut, filtered and refused', async () => {
      server().completion = answering('Hel', 'length');
      expect(await chat()).toMatchObject({ text: 'Hel', finish: 'length' });
      server().completion = answering(null, 'content_filter');
      expect(await chat()).toMatchObject({ text: '', finish: 'content_filter' });
      server().completion = answering(null, 'stop', 'I will not.');
      expect(await chat()).toMatchObject({ text: 'I will not.', finish: 'refusal' });
      server().completion = answering('', 'stop');
      expect(await chat()).toMatchObject({ text: '', finish: 'stop' });
    });

    for (const [fault, failure] of chatFailures) {
      it(`tells ${fault} as ${failure}, after one request`, async () => {
        server().failNext(fault);
        expect((await failureOf(chat(never, 0.4))).failure).toBe(failure);
        expect(server().calls).toHaveLength(1);
      });
    }

    it('tells a server that is not there as network', async () => {
      await server().close();
      expect((await failureOf(chat())).failure).toBe('network');
    });

    it('passes on how long the server asks to wait', async () => {
      server().failNext('rate_limit');
      expect((await failureOf(chat())).retryAfterMs).toBe(2000);
      server().failNext('rate_limit_ms');
      expect((await failureOf(chat())).retryAfterMs).toBe(120);
    });

    it('rejects with the reason of the abort, before and while it waits', async () => {
      const reason = new Error('enough');
      await expect(chat(AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(server().calls).toHaveLength(0);
      server().failNext('hang');
      const abort = new AbortController();
      const waiting = chat(abort.signal);
      setTimeout(() => abort.abort(reason), 50);
      await expect(waiting).rejects.toBe(reason);
    });
  });
}

const wanted: VideoRequest = { prompt: 'waves', width: 320, height: 192, fps: 8, frames: 16, seed: 7 };

export function videoContract(name: string, open: Open<VideoModel>): void {
  describe(`${name}, as a video model`, () => {
    const { server } = useLoopback();
    const generate = async (signal = never, timeoutS = 5, onProgress?: (fraction: number) => void) => {
      const model = await open({ baseUrl: server().url, timeoutS });
      return model.generate(wanted, { signal, ...(onProgress ? { onProgress } : {}) });
    };
    const routes = () => server().calls.map(({ route }) => route);

    it('submits one job, waits for it and returns its bytes, the model and the record', async () => {
      const progress: number[] = [];
      const reply = await generate(never, 5, (fraction) => progress.push(fraction));
      expect(Buffer.from(reply.bytes).toString()).toBe('the bytes of a video');
      expect(reply.servedModel).toBe('served-video-1');
      expect(reply.echo).toMatchObject({ status: 'completed' });
      expect(progress).toEqual([0, 0.4, 1]);
      expect(routes().filter((route) => route.startsWith('POST'))).toHaveLength(1);
    });

    it('tells a job that failed as video_job, with the cause that the server gave', async () => {
      server().jobStates = [
        { status: 'queued' },
        { status: 'failed', error: { code: 'oom', message: 'no memory' } },
      ];
      const failed = await failureOf(generate());
      expect(failed).toMatchObject({ failure: 'video_job', retryable: false });
      expect(failed.message).toContain('oom: no memory');
    });

    for (const [fault, failure] of failures) {
      it(`tells ${fault} at submission as ${failure}, after one request`, async () => {
        server().failNext(fault);
        expect((await failureOf(generate())).failure).toBe(failure);
        expect(routes()).toEqual(['POST /v1/videos']);
      });
    }

    it('never offers to send a job again that the server may have taken', async () => {
      server().failNext('hang');
      expect(await failureOf(generate(never, 0.3))).toMatchObject({ failure: 'timeout', retryable: false });
      server().failNext('cut');
      expect(await failureOf(generate())).toMatchObject({ failure: 'network', retryable: false });
    });

    it('survives dropped looks at a job that was taken', async () => {
      server().failNext('rate_limit_ms', 'GET /v1/videos/video_1');
      server().failNext('cut', 'GET /v1/videos/video_1/content');
      expect((await generate()).bytes.length).toBeGreaterThan(0);
    });

    it('cancels the job on the server when it is aborted or out of time', async () => {
      server().jobStates = [{ status: 'in_progress' }];
      const reason = new Error('enough');
      const abort = new AbortController();
      setTimeout(() => abort.abort(reason), 300);
      await expect(generate(abort.signal)).rejects.toBe(reason);
      expect(routes()).toContain('DELETE /v1/videos/video_1');
      server().calls.length = 0;
      expect((await failureOf(generate(never, 0.3))).failure).toBe('timeout');
      expect(routes()).toContain('DELETE /v1/videos/video_1');
    });
  });
}
