import { describe, expect, it } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import type { VideoDesk } from './loopback/video-desk.ts';
import { type ServedDialect, startVideos } from './loopback/videos.ts';
import { failureOf, never, videoContract, wanted } from './video-contract.ts';
import { createVideosHttp } from './videos-http.ts';

const settings = {
  id: 'test',
  provider: 'videos-http',
  baseUrl: 'http://127.0.0.1/v1',
  model: 'asked-model',
};

const open = (
  server: { baseUrl: string },
  dialect: ServedDialect,
  more: object = {},
  key: string | null = null,
) =>
  createVideosHttp(endpointSchema.parse({ ...settings, dialect, timeoutS: 10, ...more }), {
    baseUrl: server.baseUrl,
    key,
  });

const facts = {
  'vllm-omni': { polls: true, cancels: true, progress: [0, 0.4, 1] },
  sglang: { polls: true, cancels: true, progress: [0, 0.4, 1] },
  openrouter: { polls: true, cancels: false, progress: [] },
  'dynamo-sync': { polls: false, cancels: false, progress: [] },
} as const;
const dialects = ['vllm-omni', 'sglang', 'openrouter', 'dynamo-sync'] as const;

for (const dialect of dialects)
  videoContract(`videos-http in the dialect ${dialect}`, (server) => open(server, dialect, server), {
    start: () => startVideos(dialect),
    ...facts[dialect],
  });

async function sent(dialect: ServedDialect, parameters: object): Promise<VideoDesk> {
  const server = await startVideos(dialect);
  await open({ baseUrl: server.url }, dialect, { parameters }, 'secret-1').generate(wanted, {
    signal: never,
  });
  await server.close();
  return server;
}

describe('a request for a video', () => {
  it('spells out size, length, frames, rate and seed in the words of each dialect', async () => {
    const asked = async (dialect: ServedDialect, parameters: object) =>
      (await sent(dialect, parameters)).jobs[0]?.asked;
    expect(await asked('vllm-omni', { extra_params: { a: [1] }, flow_shift: 3 })).toEqual({
      model: 'asked-model',
      prompt: 'waves',
      width: '320',
      height: '192',
      fps: '8',
      num_frames: '16',
      seed: '7',
      flow_shift: '3',
      extra_params: '{"a":[1]}',
    });
    const common = { model: 'asked-model', prompt: 'waves', guidance_scale: 4 };
    const size = '320x192';
    expect(await asked('sglang', { guidance_scale: 4 })).toEqual({
      ...common,
      ...{ size, seconds: 2, fps: 8, num_frames: 16, seed: 7 },
    });
    expect(await asked('openrouter', { guidance_scale: 4 })).toEqual({
      ...common,
      duration: 2,
      size,
      seed: 7,
    });
    expect(await asked('openrouter', { resolution: '720p', aspect_ratio: '16:9' })).not.toHaveProperty(
      'size',
    );
    expect(
      await asked('dynamo-sync', { guidance_scale: 4, nvext: { num_inference_steps: 30, fps: 1 } }),
    ).toEqual({
      ...common,
      ...{ size, seconds: 2, response_format: 'b64_json' },
      nvext: { num_inference_steps: 30, fps: 8, num_frames: 16, seed: 7 },
    });
  });

  it('carries the key each time, and one idempotency key', async () => {
    for (const dialect of dialects) {
      const { calls } = await sent(dialect, {});
      expect(calls.every(({ headers }) => headers.authorization === 'Bearer secret-1')).toBe(true);
      const keys = calls.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
      expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    }
  });
});

describe('an answer of a video server', () => {
  it('may hold what the job cost, and that is taken', async () => {
    const server = await startVideos('openrouter');
    const reply = await open({ baseUrl: server.url }, 'openrouter').generate(wanted, { signal: never });
    expect(reply.providerCostUsd).toBe(0.25);
    await server.close();
  });

  it('may say that a filter stopped the job: that is a refusal', async () => {
    for (const dialect of ['vllm-omni', 'sglang', 'dynamo-sync'] as const) {
      const server = await startVideos(dialect);
      server.story = [{ status: 'failed', error: { code: 'content_policy_violation', message: 'no' } }];
      expect(
        (await failureOf(open({ baseUrl: server.url }, dialect).generate(wanted, { signal: never }))).failure,
      ).toBe('policy');
      await server.close();
    }
  });

  it('may say that the job expired', async () => {
    const server = await startVideos('openrouter');
    server.story = [{ status: 'waiting' }, { status: 'expired' }];
    const failed = await failureOf(
      open({ baseUrl: server.url }, 'openrouter').generate(wanted, { signal: never }),
    );
    expect(failed).toMatchObject({ failure: 'video_job', message: 'job job-1 expired: no cause given' });
    await server.close();
  });

  it('is refused where its id would lead elsewhere on the server', async () => {
    const server = await startVideos('vllm-omni');
    const job = server.take.bind(server);
    server.take = (asked) => Object.assign(job(asked), { id: '../../admin' });
    const failed = await failureOf(
      open({ baseUrl: server.url }, 'vllm-omni').generate(wanted, { signal: never }),
    );
    expect(failed).toMatchObject({ failure: 'malformed', submitted: true });
    expect(server.calls.map(({ step }) => step)).toEqual(['submit', 'list']);
    await server.close();
  });

  it('that is a page in place of the file is malformed, and its bill is open', async () => {
    const server = await startVideos('vllm-omni');
    server.video = Buffer.from('<!doctype html>');
    server.videoType = 'text/html; charset=utf-8';
    const failed = await failureOf(
      open({ baseUrl: server.url }, 'vllm-omni').generate(wanted, { signal: never }),
    );
    expect(failed).toMatchObject({ failure: 'malformed', submitted: true });
    expect(failed.message).toContain('text/html');
    await server.close();
  });

  it('that leads to another origin without https is not followed', async () => {
    const server = await startVideos('vllm-omni');
    const other = await startVideos('vllm-omni');
    server.elsewhere = `${other.origin}/v1/videos`;
    server.fail('redirect', 'file');
    const model = open({ baseUrl: server.url }, 'vllm-omni', {}, 'secret-1');
    expect((await failureOf(model.generate(wanted, { signal: never }))).message).toContain('not https');
    expect(other.calls).toHaveLength(0);
    await Promise.all([server.close(), other.close()]);
  });
});
