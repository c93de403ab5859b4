import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointSchema } from '../endpoint.ts';
import { createOpenAiChat } from '../openai.ts';
import { openChatModel } from '../providers.ts';
import { createVideosHttp } from '../videos-http.ts';
import { type OfflineServer, startOfflineServer } from './server.ts';
import type { NoiseRequest } from './video-route.ts';

const noiseRequests: NoiseRequest[] = [];
let noise = async (): Promise<Uint8Array> => Buffer.from('noise');
let server: OfflineServer;
beforeAll(async () => {
  server = await startOfflineServer({
    ocr: async (picture) => (picture.length > 3 ? 'A spider has 8 legs' : ''),
    makeNoiseVideo: (request) => {
      noiseRequests.push(request);
      return noise();
    },
    lessons: join(import.meta.dirname, 'test-lessons'),
  });
});
afterAll(() => server.close());

const signal = new AbortController().signal;
function chat(model: string, text: string, ...pictures: Uint8Array[]) {
  const endpoint = endpointSchema.parse({ id: model, provider: 'openai', baseUrl: 'offline:', model });
  const images = pictures.map(
    (bytes) => ({ type: 'image', mediaType: 'image/jpeg', bytes, source: 's' }) as const,
  );
  const content = [{ type: 'text', text } as const, ...images];
  const request = { messages: [{ role: 'user', content } as const] };
  return createOpenAiChat(endpoint, { baseUrl: server.url, key: null }).chat(request, { signal });
}
const videoModel = () => {
  const settings = { id: 'n', provider: 'videos-http', baseUrl: 'offline:', model: 'noise-video' };
  return createVideosHttp(endpointSchema.parse(settings), { baseUrl: server.url, key: null });
};
const wanted = { prompt: 'waves', width: 320, height: 180, fps: 8, frames: 16, seed: 7 };

describe('the offline server, behind the ordinary providers', () => {
  it('listens on the loopback address only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  });

  it('serves the author, and counts tokens with a real tokenizer', async () => {
    const prompt = '```json\n{"task": "outline", "topic": {"title": "Rings: a lesson for tests"}}\n```';
    const reply = await chat('author', prompt);
    expect(reply).toMatchObject({ finish: 'stop', servedModel: 'author' });
    expect(reply.text).toContain('One ring');
    expect(reply.usage.input).toBeGreaterThan(10);
    expect(reply.usage.input).toBeLessThan(40);
    expect(reply.usage.output).toBeGreaterThan(50);
  });

  it('serves the critic, which reads the table and no picture', async () => {
    const word = (element: string, box: number[]) => ({
      ...{ element, line: 9, place: 'stage', kind: 'text', box, text: element, text_px: 20, seen: [1] },
    });
    const table = {
      ...{ task: 'critique', anchors: { mode: '4x4', cells: [{ cell: 'D1', x: 0.75, y: -2.55 }] } },
      stage: { left: 0, bottom: -3.3, right: 6, top: 2.7 },
      frame: { left: -7.11, bottom: -4, right: 7.11, top: 4 },
      occupancy: {
        moments: [{ moment: 1, time_s: 1, block: 1 }],
        elements: [word('a', [1, 1, 3, 2]), word('b', [1, 1, 2, 2])],
      },
    };
    const prompt = `\`\`\`json\n${JSON.stringify(table)}\n\`\`\``;
    const reply = await chat('critic', prompt);
    expect(reply).toMatchObject({ finish: 'stop', servedModel: 'critic' });
    expect(reply.text).toContain('"to": "D1"');
    expect((await chat('critic', prompt, Buffer.from('a picture'))).text).toBe(reply.text);
    await expect(chat('critic', 'How do you like it?')).rejects.toMatchObject({ status: 422 });
  });

  it('serves the reader, and counts its pictures', async () => {
    const text = 'Question: How many legs does a spider have?\nA) 6\nB) 8';
    const seeing = await chat('reader', text, Buffer.from('a picture'));
    const blind = await chat('reader', text);
    expect(JSON.parse(seeing.text)).toEqual({ answer: 'B', evidence: 'A spider has 8 legs' });
    expect(JSON.parse(blind.text)).toEqual({ answer: null });
    expect((seeing.usage.input ?? 0) - (blind.usage.input ?? 0)).toBe(85);
  });

  it('waits as long as the address says, before the first token and for each', async () => {
    const endpoint = (latency?: { firstMs: number; perTokenMs: number }) =>
      endpointSchema.parse({ id: 'a', provider: 'openai', baseUrl: 'offline:', model: 'author', latency });
    const prompt = '```json\n{"task": "outline", "topic": {"title": "Rings: a lesson for tests"}}\n```';
    const ask = async (latency?: { firstMs: number; perTokenMs: number }) => {
      const model = await openChatModel(endpoint(latency), {}, { resolveOffline: async () => server.url });
      const start = performance.now();
      const content = [{ type: 'text', text: prompt } as const];
      const reply = await model.chat({ messages: [{ role: 'user', content }] }, { signal });
      return { tokens: reply.usage.output ?? 0, ms: performance.now() - start };
    };
    await ask();
    const waited = await ask({ firstMs: 100, perTokenMs: 2 });
    expect(waited.ms).toBeGreaterThanOrEqual(100 + 2 * waited.tokens - 2);
    const real = endpointSchema.parse({
      ...endpoint({ firstMs: 1, perTokenMs: 0 }),
      baseUrl: 'http://127.0.0.1:1/v1',
    });
    const opened = openChatModel(real, {}, { resolveOffline: async () => server.url });
    await expect(opened).rejects.toMatchObject({ code: 'bad_config', message: /latency/ });
  });

  it('refuses what it cannot serve with a status that is never the model refusing', async () => {
    await expect(chat('author', 'no block')).rejects.toMatchObject({ failure: 'bad_request', status: 422 });
    await expect(chat('author', 'no block')).rejects.toThrow('fenced json block');
    await expect(chat('nobody', 'hello')).rejects.toMatchObject({ failure: 'model_gone', status: 404 });
    const answer = await fetch(`${server.url}/chat/completions`, { method: 'POST', body: '{' });
    expect(answer.status).toBe(400);
    expect((await fetch(`${server.url}/files`)).status).toBe(404);
  });

  it('makes the noise video that was asked for', async () => {
    const reply = await videoModel().generate(wanted, { signal });
    expect(Buffer.from(reply.bytes).toString()).toBe('noise');
    expect(noiseRequests.at(-1)).toEqual({ width: 320, height: 180, fps: 8, frames: 16, seed: 7 });
    expect(reply).toMatchObject({ servedModel: 'noise-video', echo: { num_frames: 16, seconds: '2' } });
  });

  it('tells a video that could not be made as a failed job, and a wrong form as a bad request', async () => {
    noise = () => Promise.reject(new Error('no ffmpeg here'));
    await expect(videoModel().generate(wanted, { signal })).rejects.toMatchObject({ failure: 'video_job' });
    await expect(videoModel().generate({ ...wanted, fps: 0 }, { signal })).rejects.toMatchObject({
      failure: 'bad_request',
    });
  });
});
