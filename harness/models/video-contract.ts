import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Open } from './contract.ts';
import type { VideoDesk, VideoFault } from './loopback/video-desk.ts';
import { type FailureClass, ModelError } from './model-error.ts';
import type { VideoModel, VideoRequest } from './video.ts';

/*
 * The contract of video generators, as tests that every protocol runs against its own loopback server. For tests only: it is
 * loaded by vitest.
 */

export const wanted: VideoRequest = { prompt: 'waves', width: 320, height: 192, fps: 8, frames: 16, seed: 7 };
export const never = new AbortController().signal;

export async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const outcome: unknown = await work.catch((thrown: unknown) => thrown);
  if (outcome instanceof ModelError) return outcome;
  throw new Error('expected a ModelError', { cause: outcome });
}

/** Answers to a submission, and how each is to be told. */
const failures: readonly [VideoFault, FailureClass][] = [
  ['rate_limit', 'rate_limit'],
  ['insufficient_quota', 'quota'],
  ['server_error', 'server'],
  ['overloaded', 'server'],
  ['html_gateway', 'server'],
  ['conflict', 'conflict'],
  ['auth', 'auth'],
  ['bad_request', 'bad_request'],
  ['unprocessable', 'bad_request'],
  ['model_gone', 'model_gone'],
  ['policy', 'policy'],
  ['request_timeout', 'timeout'],
  ['html', 'malformed'],
  ['wrong_json', 'malformed'],
  ['broken_json', 'malformed'],
];

export interface VideoProtocolFacts {
  start(): Promise<VideoDesk>;
  /** A job is looked at, and can be given up. */
  polls: boolean;
  cancels: boolean;
  /** The fractions that the server's story is told as. */
  progress: readonly number[];
}

export function videoContract(name: string, open: Open<VideoModel>, facts: VideoProtocolFacts): void {
  describe(`${name}, as a video model`, () => {
    let server: VideoDesk;
    beforeEach(async () => {
      server = await facts.start();
    });
    afterEach(() => server.close());
    const generate = async (signal = never, timeoutS = 10, onProgress?: (fraction: number) => void) => {
      const model = await open({ baseUrl: server.url, timeoutS });
      return model.generate(wanted, { signal, ...(onProgress ? { onProgress } : {}) });
    };
    const steps = () => server.calls.map(({ step }) => step);
    const submitted = () => steps().filter((step) => step === 'submit').length;

    it('submits one job, waits for it and returns its bytes, the model and the record', async () => {
      const progress: number[] = [];
      const reply = await generate(never, 10, (fraction) => progress.push(fraction));
      expect(Buffer.from(reply.bytes).toString()).toBe('the bytes of a video');
      expect(reply.servedModel).toBe('served-asked-model');
      expect(reply.echo).toMatchObject({ status: 'completed' });
      expect(JSON.stringify(reply.echo)).not.toContain(server.video.toString('base64'));
      expect(progress).toEqual(facts.progress);
      expect(submitted()).toBe(1);
    });

    it('tells a job that failed with the cause that the server gave, and one that was blocked as refused', async () => {
      server.story = [{ status: 'failed', error: { code: 'oom', message: 'no memory' } }];
      const failed = await failureOf(generate());
      expect(failed).toMatchObject({ failure: 'video_job', retryable: false });
      expect(failed.message).toMatch(/oom.*no memory/);
    });

    for (const [fault, failure] of failures) {
      it(`tells ${fault} at submission as ${failure}, and sends it once`, async () => {
        server.fail(fault, 'submit');
        expect((await failureOf(generate())).failure).toBe(failure);
        expect(submitted()).toBe(1);
      });
    }

    it('tells a server that is not there as network, and that it costs nothing to try again', async () => {
      await server.close();
      expect(await failureOf(generate())).toMatchObject({ failure: 'network', submitted: false });
    });

    it('tells a file that is empty, and a page in its place, as no video', async () => {
      server.video = Buffer.alloc(0);
      expect((await failureOf(generate())).failure).toMatch(/video_job|malformed/);
    });

    it('sends nothing when it was given up before', async () => {
      const reason = new Error('enough');
      await expect(generate(AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(server.calls).toHaveLength(0);
    });

    it('gives the job up on the server when it is aborted or out of time, and does not send it again', async () => {
      server.story = [{ status: 'waiting', progress: 10 }];
      if (!facts.polls) server.fail('hang', 'submit');
      const reason = new Error('enough');
      const abort = new AbortController();
      setTimeout(() => abort.abort(reason), 300);
      await expect(generate(abort.signal)).rejects.toBe(reason);
      expect(steps().includes('cancel')).toBe(facts.cancels);
      server.calls.length = 0;
      if (!facts.polls) server.fail('hang', 'submit');
      expect(await failureOf(generate(never, 0.5))).toMatchObject({ failure: 'timeout', submitted: true });
      expect(steps().includes('cancel')).toBe(facts.cancels);
    });
  });
}
