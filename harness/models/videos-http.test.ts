import { expect, it } from 'vitest';
import { videoContract } from './contract.ts';
import { endpointSchema } from './endpoint.ts';
import { startLoopback } from './loopback.ts';
import { createVideosHttp } from './videos-http.ts';

const settings = {
  id: 'test',
  provider: 'videos-http',
  baseUrl: 'http://127.0.0.1/v1',
  model: 'asked-model',
};

videoContract('videos-http', ({ baseUrl, timeoutS }) =>
  createVideosHttp(endpointSchema.parse({ ...settings, timeoutS }), { baseUrl, key: null }),
);

it('sends a multipart form with size, frames and seed spelled out, nested parameters as JSON, and the key', async () => {
  const server = await startLoopback();
  const endpoint = endpointSchema.parse({
    ...settings,
    parameters: { extra_params: { a: [1] }, flow_shift: 3 },
  });
  await createVideosHttp(endpoint, { baseUrl: server.url, key: 'secret-1' }).generate(
    { prompt: 'waves', width: 320, height: 192, fps: 8, frames: 16, seed: 7 },
    { signal: new AbortController().signal },
  );
  const call = server.calls[0];
  const form = await new Response(new Uint8Array(call?.body ?? []), {
    headers: { 'content-type': call?.headers['content-type'] ?? '' },
  }).formData();
  expect(Object.fromEntries(form)).toEqual({
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
  expect(server.calls.every(({ headers }) => headers.authorization === 'Bearer secret-1')).toBe(true);
  await server.close();
});

it('refuses a job id that would lead elsewhere on the server', async () => {
  const server = await startLoopback();
  server.jobStates = [{ id: '../../admin', status: 'queued' }];
  const model = createVideosHttp(endpointSchema.parse(settings), { baseUrl: server.url, key: null });
  const work = model.generate(
    { prompt: 'waves', width: 320, height: 192, fps: 8, frames: 16, seed: 7 },
    { signal: new AbortController().signal },
  );
  await expect(work).rejects.toMatchObject({ failure: 'malformed' });
  expect(server.calls).toHaveLength(1);
  await server.close();
});
