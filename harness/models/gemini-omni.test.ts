import { afterEach, beforeEach, expect, it } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import { createGeminiOmni } from './gemini-omni.ts';
import { type OmniServer, startGeminiOmni } from './loopback/gemini-omni.ts';
import { failureOf, never, videoContract, wanted } from './video-contract.ts';

const open = ({ baseUrl, timeoutS }: { baseUrl: string; timeoutS: number }, parameters: object = {}) =>
  createGeminiOmni(
    endpointSchema.parse({
      id: 'omni',
      provider: 'gemini-omni',
      baseUrl: 'http://127.0.0.1',
      model: 'asked-model',
      ...{ timeoutS, parameters },
    }),
    { baseUrl, key: 'secret-1' },
  );

videoContract('gemini-omni', open, { start: startGeminiOmni, polls: true, cancels: true, progress: [] });

let server: OmniServer;
beforeEach(async () => {
  server = await startGeminiOmni();
});
afterEach(() => server.close());
const generate = (parameters = {}, request = wanted) =>
  open({ baseUrl: server.url, timeoutS: 10 }, parameters).generate(request, { signal: never });

it('asks in the background for shape, size and length, with the key in a header of its own', async () => {
  const { echo } = await generate(
    { response_format: { resolution: '1080p' } },
    { ...wanted, height: 700, width: 1300 },
  );
  expect(server.jobs[0]?.asked).toEqual({
    model: 'asked-model',
    input: 'waves',
    background: true,
    store: true,
    generation_config: { video_config: { task: 'text_to_video' } },
    response_format: {
      type: 'video',
      aspect_ratio: '16:9',
      duration: '2s',
      resolution: '1080p',
      delivery: 'uri',
    },
  });
  expect(server.calls.every(({ headers }) => headers['x-goog-api-key'] === 'secret-1')).toBe(true);
  expect(server.calls.some(({ query }) => query.has('key'))).toBe(false);
  expect(echo).toMatchObject({ usage: { total_output_tokens: 46336 }, file: { state: 'ACTIVE' } });
});

it('waits for the file to be ready, and takes one that comes inline as well', async () => {
  server.processing = 2;
  await generate();
  expect(server.calls.filter(({ route }) => route === 'GET /v1beta/files/clip-1')).toHaveLength(3);
  server.inline = true;
  const { bytes, echo } = await generate();
  expect(Buffer.from(bytes).toString()).toBe('the bytes of a video');
  expect(JSON.stringify(echo)).not.toContain(Buffer.from(bytes).toString('base64'));
});

it('tells a blocked interaction as a refusal, by its code', async () => {
  for (const code of ['safety', 'prohibited_content', 'content_blocked']) {
    server.story = [{ status: 'waiting' }, { status: 'failed', error: { code, message: 'blocked' } }];
    expect((await failureOf(generate())).failure).toBe('policy');
  }
});

it('tells one that ends without a video with the words of the model, or its state', async () => {
  server.words = 'I would rather write.';
  const worded = await failureOf(generate());
  expect(worded).toMatchObject({ failure: 'video_job' });
  expect(worded.message).toContain('completed without a video: I would rather write.');
  server.story = [{ status: 'expired' }];
  expect((await failureOf(generate())).message).toContain('interaction job-2 incomplete');
});

it('does not take the key along when the file lies elsewhere', async () => {
  const other = await startGeminiOmni();
  server.elsewhere = `${other.origin}/v1beta/files/clip-1:download?alt=media`;
  server.fail('redirect', 'file');
  await expect(generate()).rejects.toThrow('not https');
  expect(other.calls).toHaveLength(0);
  await other.close();
});
