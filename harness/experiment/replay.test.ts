import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatReply } from '../models/chat.ts';
import { type Endpoint, endpointSchema } from '../models/endpoint.ts';
import { type Loopback, plainCompletion, startLoopback } from '../models/loopback.ts';
import { isIntact } from '../store/artifacts.ts';
import { OpenBundle } from '../store/bundle.ts';
import { writeCassette } from '../store/cassette-export.ts';
import type { CallEvent } from '../store/events.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { OwnedCalls } from './calls.ts';
import { loadExperiment } from './config.ts';
import { RunControl } from './control.ts';
import { Endpoints } from './endpoints.ts';
import { planExperiment } from './plan.ts';
import { Replay } from './replay.ts';

let server: Loopback;
let folder: ReturnType<typeof temporaryFolder>;
let cassette: string;
beforeEach(async () => {
  server = await startLoopback();
  folder = temporaryFolder();
  cassette = join(folder.path, 'x.cassette');
});
afterEach(async () => {
  await server.close();
  folder[Symbol.dispose]();
});

type Make = (owner: string, files?: string[]) => OwnedCalls;

/** A process of its own that opens a bundle, makes calls and closes it; `cassette` is written at its end or read. */
async function session<T>(
  bundleName: string,
  mode: 'record' | 'replay' | 'fill',
  use: (calls: Make, endpoint: Endpoint) => Promise<T>,
  change: Partial<Endpoint> = {},
): Promise<{ value: T; calls: CallEvent[] }> {
  const base = { id: 'e', provider: 'openai', baseUrl: server.url, model: 'm', attempts: 1 };
  const endpoint = endpointSchema.parse({ ...base, price: price(10), ...change });
  using replay = mode === 'record' ? null : await Replay.open({ file: cassette, fill: mode === 'fill' });
  const bundle = new OpenBundle(join(folder.path, bundleName), 'test');
  const offline = () => Promise.reject(new Error('no offline server here'));
  const endpoints = new Endpoints(offline, undefined, replay);
  const control = new RunControl();
  // The recording's patience counts, not that of the replay.
  const maxUnusable = mode === 'record' ? 3 : 2;
  try {
    const value = await use(
      (owner, files = []) =>
        new OwnedCalls(bundle, endpoints, control, { job: `j:${owner}`, owner, files, maxUnusable }),
      endpoint,
    );
    const head = { version: 'test', time: '2026-01-01', dataset: { name: 'd', view: 'd' } };
    if (mode === 'record') await writeCassette(bundle, { path: cassette, head, secrets: [] });
    return { value, calls: [...bundle.state.calls] };
  } finally {
    bundle.close();
  }
}

const price = (output: number) => ({ input: 2, cached: 1, output, source: 'test', date: '2026-01-01' });
const request = (text: string) => ({
  messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }],
});
/** Named by its folder, as servers of local weights do. */
const model = '/weights/served-model-1';
const said = (content: string) => ({
  ...plainCompletion,
  model,
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
});

/** Asks the same question; `reply` is what the server will say, should it be asked. */
async function ask(calls: OwnedCalls, e: Endpoint, reply = 'asked live', usable?: (r: ChatReply) => boolean) {
  server.completion = said(reply);
  return (await calls.chat(e, 'student', request('q'), { purpose: 'p' }, usable)).reply.text;
}

test('three repeats with three answers are replayed as three answers, and so are identical requests of one', async () => {
  const talk =
    (suffix: string) =>
    async (make: Make, e: Endpoint): Promise<string[]> => {
      const texts: string[] = [];
      const repeats = ['a', 'b', 'c'].map((owner) => make(owner));
      for (const n of [1, 2])
        for (const [i, calls] of repeats.entries()) texts.push(await ask(calls, e, `${i} ${n}${suffix}`));
      return texts;
    };
  const live = await session('live', 'record', talk(''));
  const sent = server.calls.length;
  const again = await session('again', 'replay', talk(' live'));
  expect(live.value).toEqual(['0 1', '1 1', '2 1', '0 2', '1 2', '2 2']);
  expect(again.value).toEqual(live.value);
  expect(server.calls).toHaveLength(sent);
});

test('the bill, the times and the model of a replay are the recorded ones, and every call says that it is one', async () => {
  const live = await session('live', 'record', (make, e) => ask(make('a'), e), { model });
  const dearer = { model, price: price(99) };
  const again = await session('again', 'replay', (make, e) => ask(make('a'), e), dearer);
  const [then, now] = [live.calls[0], again.calls[0]];
  const { time, ...recorded } = then ?? { time: '' };
  expect(now).toMatchObject(recorded);
  expect(now?.replayed).toEqual({ cassette: expect.stringMatching(/^[0-9a-f]{64}$/), time, sameFiles: true });
});

test('a replay needs neither the address nor the key that the recording had', async () => {
  await session('live', 'record', (make, e) => ask(make('a'), e, 'recorded'));
  await server.close();
  const elsewhere = {
    baseUrl: 'http://127.0.0.1:1/v1',
    keyVariable: 'MMMC_NO_SUCH_KEY',
    id: 'named-otherwise',
  };
  const again = await session('again', 'replay', (make, e) => ask(make('a'), e), elsewhere);
  expect(again.value).toBe('recorded');
  expect(again.calls[0]?.endpoint).toBe('named-otherwise');
});

test('an answer is replayed for a video that was rendered again, and says that the bytes were others', async () => {
  await session('live', 'record', (make, e) => ask(make('slot', ['hash-1']), e, 'recorded'));
  const again = await session('again', 'replay', (make, e) => ask(make('slot', ['hash-2']), e));
  expect(again.value).toBe('recorded');
  expect(again.calls[0]).toMatchObject({ files: ['hash-2'], replayed: { sameFiles: false } });
});

test.each([
  ['another owner', 'b', {}],
  ['another model', 'a', { model: 'other' }],
  ['another parameter', 'a', { parameters: { temperature: 1 } }],
])('%s is not served: the error names the request and what helps', async (_, owner, change) => {
  await session('live', 'record', (make, e) => ask(make('a'), e));
  const refused = session('again', 'replay', (make, e) => ask(make(owner), e), change);
  await expect(refused).rejects.toThrow(new RegExp(`p by the student of ${owner} .*occurrence 1.*--fill`));
  await expect(refused).rejects.toMatchObject({ code: 'not_recorded' });
  expect(server.calls).toHaveLength(1);
});

test('one request more than was recorded is refused, and with fill it is made; both are in the next recording', async () => {
  await session('live', 'record', (make, e) => ask(make('a'), e, 'one'));
  const twice = async (make: Make, e: Endpoint) => {
    const calls = make('a');
    return [await ask(calls, e, 'two'), await ask(calls, e, 'two')];
  };
  await expect(session('again', 'replay', twice)).rejects.toMatchObject({ code: 'not_recorded' });
  const filled = await session('filled', 'fill', twice);
  expect(filled.value).toEqual(['one', 'two']);
  expect(filled.calls.map(({ replayed }) => replayed !== undefined)).toEqual([true, false]);
  await session('filled', 'record', async () => {});
  const again = await session('both', 'replay', twice);
  expect(again.value).toEqual(['one', 'two']);
  expect(again.calls[0]?.replayed?.time).toBe(filled.calls[0]?.replayed?.time);
});

test('a failed call fails again with its class and bill; fill makes it again', async () => {
  server.failNext('auth');
  const live = await session('live', 'record', (make, e) => ask(make('a'), e).catch((t: unknown) => t));
  const failing = (make: Make, e: Endpoint) => ask(make('a'), e).catch((thrown: unknown) => thrown);
  const again = await session('again', 'replay', failing);
  expect(again.value).toMatchObject({ name: 'ModelError', failure: 'auth' });
  expect(again.calls).toMatchObject([{ failure: { class: 'auth' }, attempts: live.calls[0]?.attempts }]);
  const twice = await session('again', 'replay', failing);
  expect(twice.value).toMatchObject({ failure: 'auth' });
  expect(twice.calls).toHaveLength(1);
  const filled = await session('filled', 'fill', failing);
  expect(filled.value).toBe('asked live');
  expect(filled.calls).toMatchObject([{ failure: { class: 'auth' } }, { failure: null }]);
});

test('failures that a later run made good are in the bill, and the answer is served at once', async () => {
  server.failNext('auth');
  await session('live', 'record', (make, e) => ask(make('a'), e).catch(() => ''));
  const live = await session('live', 'record', (make, e) => ask(make('a'), e, 'in the end'));
  const again = await session('again', 'replay', (make, e) => ask(make('a'), e));
  expect(again.value).toBe('in the end');
  expect(again.calls.map(({ costUsd }) => costUsd)).toEqual(live.calls.map(({ costUsd }) => costUsd));
});

test('of unusable replies that were asked for again the last is served, and counted are all', async () => {
  const good = (reply: ChatReply) => reply.text === 'B';
  await session('live', 'record', (make, e) => ask(make('a'), e, '', good));
  await session('live', 'record', (make, e) => ask(make('a'), e, 'hm', good));
  const bad = await session('one', 'replay', (make, e) => ask(make('a'), e, '', good));
  expect(bad.value).toBe('hm');
  await session('live', 'record', (make, e) => ask(make('a'), e, 'B', good));
  const again = await session('two', 'replay', (make, e) => ask(make('a'), e, '', good));
  expect(again.value).toBe('B');
  expect(again.calls.map(({ occurrence, usable }) => [occurrence, usable])).toEqual([
    [0, false],
    [1, false],
    [2, true],
  ]);
  expect(server.calls).toHaveLength(3);
});

test('a replay that was interrupted goes on without entering a call twice', async () => {
  await session('live', 'record', (make, e) => ask(make('a'), e, 'one'));
  await session('again', 'replay', (make, e) => ask(make('a'), e));
  const more = await session('again', 'replay', (make, e) => ask(make('a'), e));
  expect(more).toMatchObject({ value: 'one', calls: [{ replayed: { sameFiles: true } }] });
});

test('a bundle serves its own answers before those of the cassette', async () => {
  await session('own', 'record', (make, e) => ask(make('a'), e, 'own'));
  await session('live', 'record', (make, e) => ask(make('a'), e, 'recorded'));
  const again = await session('own', 'replay', (make, e) => ask(make('a'), e));
  expect(again).toMatchObject({ value: 'own', calls: [{ time: expect.any(String) }] });
  expect(again.calls[0]?.replayed).toBeUndefined();
});

test('a recorded video comes with its bytes, and again when its file was lost', async () => {
  const clip = { prompt: 'a pendulum', width: 64, height: 48, fps: 8, frames: 8, seed: 1 };
  const generator = { provider: 'videos-http' as const, model: 'v' };
  const make = (bundle: string) => async (calls: Make, e: Endpoint) => {
    const cell = join(folder.path, bundle, 'cells/a');
    const path = join(cell, 'video.mp4');
    mkdirSync(cell, { recursive: true });
    const kept = (hash: string) => isIntact(path, hash);
    const keep = (bytes: Uint8Array) => writeFileSync(path, bytes);
    await calls('a').video(e, 'video-generator', clip, { purpose: 'clip' }, kept, keep);
    return readFileSync(path, 'utf8');
  };
  server.jobStates = [{ object: 'video', status: 'completed', progress: 100 }];
  await session('live', 'record', make('live'), generator);
  await server.close();
  const again = await session('again', 'replay', make('again'), generator);
  expect(again.value).toBe('the bytes of a video');
  expect(again.calls).toMatchObject([{ servedModel: null, replayed: { sameFiles: true } }]);
  rmSync(join(folder.path, 'again/cells/a/video.mp4'));
  expect((await session('again', 'replay', make('again'), generator)).calls).toHaveLength(1);
});

test('a cassette of another dataset, or of nothing that is planned, is refused as a mistake of usage', async () => {
  const experiment = await loadExperiment('configs/experiments/quickstart.yaml');
  const plan = planExperiment(experiment, 'test');
  await session('live', 'record', (make, e) => ask(make('a'), e));
  using replay = await Replay.open({ file: cassette, fill: true });
  expect(() => replay.check(experiment, plan)).toThrow(/dataset d, view d, and this experiment uses mini/);
  const same = { ...experiment, dataset: { ...experiment.dataset, name: 'd', view: 'd' } };
  expect(() => replay.check(same, plan)).toThrow(/holds no call of any planned/);
  const cells = [{ id: 'a', methodId: 'm', topicId: 't', repeat: 0 }];
  expect(() => replay.check(same, { cells, slots: [] })).not.toThrow();
});
