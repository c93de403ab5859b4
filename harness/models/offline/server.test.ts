import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointSchema } from '../endpoint.ts';
import { createOpenAiChat } from '../openai.ts';
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

  it('serves the reader, and counts its pictures', async () => {
    const text = 'Question: How many legs does a spider have?\nA) 6\nB) 8';
    const seeing = await chat('reader', text, Buffer.from('a picture'));
    const blind = await chat('reader', text);
    expect(JSON.parse(seeing.text)).toEqual({ answer: 'B', evidence: 'A spider has 8 legs' });
    expect(JSON.parse(blind.text)).toEqual({ answer: null });
    expect((seeing.usage.input ?? 0) - (blind.usage.input ?? 0)).toBe(85);
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
