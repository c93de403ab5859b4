import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import type { VideoDesk } from './loopback/video-desk.ts';
import { type ServedDialect, startVideos } from './loopback/videos.ts';
import { withRetry } from './retry.ts';
import { failureOf, never, wanted } from './video-contract.ts';
import { createVideosHttp } from './videos-http.ts';

describe('a job that was taken', () => {
  let server: VideoDesk;
  const start = async (dialect: ServedDialect, timeoutS = 10) => {
    server = await startVideos(dialect);
    const { url: baseUrl } = server;
    const endpoint = endpointSchema.parse({
      ...{ id: 'test', provider: 'videos-http', baseUrl, dialect, timeoutS },
      model: 'asked-model',
    });
    return createVideosHttp(endpoint, { baseUrl, key: null });
  };
  beforeEach(() => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await server.close();
  });
  const submitted = () => server.calls.filter(({ step }) => step === 'submit').length;
  const ask = (seed: number) => ({ ...wanted, seed });

  it('survives dropped looks at it', async () => {
    const video = await start('vllm-omni');
    server.fail('rate_limit_ms', 'look');
    server.fail('cut', 'file');
    expect((await video.generate(wanted, { signal: never })).bytes.length).toBeGreaterThan(0);
    expect(submitted()).toBe(1);
  });

  it('is left on the server when it is finished and only its file cannot be had', async () => {
    const video = await start('vllm-omni');
    server.videoType = 'application/json';
    const failed = await failureOf(video.generate(wanted, { signal: never }));
    expect(failed).toMatchObject({ failure: 'malformed', submitted: true, retryable: false });
    expect(server.jobs).toMatchObject([{ cancelled: false }]);
  });

  it('whose answer was lost is found in the list of the server and waited for, and not paid twice', async () => {
    const video = await start('vllm-omni');
    server.asAsked = true;
    server.fail('lost', 'submit');
    const reply = await video.generate(wanted, { signal: never });
    expect(Buffer.from(reply.bytes).toString()).toBe('the bytes of a video');
    expect(submitted()).toBe(1);
  });

  it('is found as well when the connection hangs, in what is left of its time', async () => {
    const video = await start('vllm-omni', 3);
    server.asAsked = true;
    server.fail('lost_hang', 'submit');
    expect((await video.generate(wanted, { signal: never })).bytes.length).toBeGreaterThan(0);
    expect(submitted()).toBe(1);
  });

  it('is sent again when the server surely never took the first', async () => {
    const video = await start('vllm-omni');
    server.asAsked = true;
    await video.generate(ask(1), { signal: never });
    server.fail('cut', 'submit');
    const failed = await failureOf(video.generate(ask(2), { signal: never }));
    expect(failed).toMatchObject({ failure: 'network', submitted: false, retryable: true });
    server.fail('html_gateway', 'submit');
    const again = () => video.generate(ask(2), { signal: never });
    const options = { attempts: 2, maxElapsedMs: 5000, signal: never, random: () => 0 };
    await withRetry(again, options);
    expect(server.jobs).toHaveLength(2);
  });

  it('is left alone when the list shows a job that may be it, and does not say', async () => {
    const video = await start('sglang');
    server.asAsked = true;
    server.fail('lost', 'submit');
    const failed = await failureOf(video.generate(wanted, { signal: never }));
    expect(failed).toMatchObject({ failure: 'network', submitted: true, retryable: false });
    expect(failed.message).toContain('may have taken the job');
  });

  it('is left alone when the server has no list, or cannot give it now', async () => {
    for (const dialect of ['openrouter', 'dynamo-sync'] as const) {
      const video = await start(dialect);
      server.fail('lost', 'submit');
      expect(await failureOf(video.generate(wanted, { signal: never }))).toMatchObject({ submitted: true });
      expect(server.jobs).toHaveLength(1);
      await server.close();
    }
    const video = await start('vllm-omni');
    server.fail('lost', 'submit');
    server.fail('server_error', 'list');
    expect(await failureOf(video.generate(wanted, { signal: never }))).toMatchObject({ submitted: true });
  });

  it('is given up when the run is stopped while its answer is awaited', async () => {
    const video = await start('vllm-omni');
    server.asAsked = true;
    server.fail('lost_hang', 'submit');
    const reason = new Error('enough');
    const abort = new AbortController();
    setTimeout(() => abort.abort(reason), 200);
    await expect(video.generate(wanted, { signal: abort.signal })).rejects.toBe(reason);
    expect(server.jobs).toMatchObject([{ cancelled: true }]);
  });

  it('is never mistaken for the job of another call', async () => {
    const video = await start('vllm-omni');
    server.asAsked = true;
    server.fail('lost', 'submit');
    const [first, second] = await Promise.all(
      [1, 2].map((seed) => video.generate(ask(seed), { signal: never })),
    );
    expect(new Set([first, second].map((reply) => reply?.echo.seed))).toEqual(new Set(['1', '2']));
    expect(server.jobs).toHaveLength(2);
  });
});
