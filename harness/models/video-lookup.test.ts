import { expect, it } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import { KnownJobs, type Lost } from './video-lookup.ts';
import type { ListedJob, VideoJob } from './video-protocol.ts';

const endpoint = endpointSchema.parse({
  id: 'v',
  provider: 'videos-http',
  baseUrl: 'http://127.0.0.1/v1',
  model: 'm',
});
const request = { prompt: 'waves', width: 64, height: 64, fps: 8, frames: 8, seed: 7 };
const lost: Lost = { request, key: 'our-key', sentS: 1000 };
const job = (id: string): VideoJob => ({
  id,
  ...{ state: 'waiting', progress: null, model: 'm', failure: null, stateAt: `/videos/${id}` },
  ...{ cancel: null, video: null, costUsd: null, record: {} },
});
const listed = (id: string, more: Partial<ListedJob> = {}): ListedJob => ({
  ...{ id, prompt: 'waves', seed: 7, key: null, createdS: 1001, job: job(id) },
  ...more,
});
const find = (jobs: readonly ListedJob[], known = new KnownJobs(endpoint)) => known.find(lost, jobs, 1010);

it('knows its own job by the key that was sent with it, whatever else there is', () => {
  const jobs = [listed('a'), listed('b', { key: 'our-key', prompt: null }), listed('c')];
  expect(find(jobs)).toMatchObject({ id: 'b' });
});

it('knows the one job with its prompt, seed, model and time', () => {
  const other = [
    listed('a', { prompt: 'hills' }),
    listed('b', { seed: 8 }),
    listed('c', { createdS: 100 }),
    listed('d', { createdS: 5000 }),
    listed('e', { key: 'another-key' }),
    listed('f', { job: { ...job('f'), model: 'another' } }),
  ];
  expect(find(other)).toBe('absent');
  expect(find([...other, listed('g')])).toMatchObject({ id: 'g' });
});

it('takes none of two that may be it, and none whose prompt is not told', () => {
  expect(find([listed('a'), listed('b')])).toBe('unclear');
  expect(find([listed('a', { prompt: null })])).toBe('unclear');
});

it('leaves a job alone that may belong to a call whose answer is still on its way', () => {
  const known = new KnownJobs(endpoint);
  const arrived = known.sending({ ...lost, key: 'rival', request: { ...request, seed: 8 } });
  expect(find([listed('a', { seed: null })], known)).toBe('unclear');
  expect(find([listed('a')], known)).toMatchObject({ id: 'a' });
  arrived('b');
  expect(find([listed('a'), listed('b')], known)).toBe('absent');
});
