import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../store/hash.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { VideoPart } from './chat.ts';
import { endpointSchema } from './endpoint.ts';
import { type Loopback, startLoopback } from './loopback.ts';
import { createOpenAiChat } from './openai.ts';
import { VideoUrls } from './video-urls.ts';

let server: Loopback;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  server = await startLoopback();
  folder = temporaryFolder();
});
afterEach(async () => {
  await server.close();
  folder[Symbol.dispose]();
});

const urlOf = (content: string) => `data:video/mp4;base64,${Buffer.from(content).toString('base64')}`;

function video(content: string): VideoPart {
  const file = join(folder.path, `${content}.mp4`);
  writeFileSync(file, content);
  return {
    type: 'video',
    mediaType: 'video/mp4',
    file,
    sha256: sha256(content),
    durationS: 1,
    source: 'c/video',
  };
}

function model(changes: Record<string, unknown>) {
  const settings = { id: 'e', provider: 'openai', baseUrl: server.url, model: 'm', ...changes };
  return createOpenAiChat(endpointSchema.parse(settings), { baseUrl: server.url, key: null });
}

const { signal } = new AbortController();
const about = (part: VideoPart) => ({ messages: [{ role: 'user' as const, content: [part] }] });
const sent = (): unknown => JSON.parse(server.calls.at(-1)?.body.toString() ?? 'null');

describe('a whole video', () => {
  const url = urlOf('waves');
  const shapes = [
    ['vllm', { url }, { media_io_kwargs: { video: { fps: 2 } } }],
    ['sglang', { url, fps: 2 }, {}],
  ] as const;
  for (const [videoMode, video_url, beside] of shapes)
    it(`goes to ${videoMode} with its rate where that server reads it`, async () => {
      await model({ videoMode, videoFps: 2 }).chat(about(video('waves')), { signal });
      const content = [{ type: 'video_url', video_url }];
      const common = { stream: true, stream_options: { include_usage: true }, max_tokens: 8192, model: 'm' };
      expect(sent()).toEqual({ ...common, ...beside, messages: [{ role: 'user', content }] });
    });

  it('goes to openrouter as its URL alone, and to the others too where no rate is set', async () => {
    for (const videoMode of ['openrouter', 'vllm', 'sglang']) {
      await model({ videoMode }).chat(about(video('waves')), { signal });
      expect(sent()).toMatchObject({
        messages: [{ content: [{ type: 'video_url', video_url: { url } }] }],
      });
      expect(sent()).not.toHaveProperty('media_io_kwargs');
    }
  });

  it('is refused by an endpoint that takes frames, before anything is sent', async () => {
    const asked = model({}).chat(about(video('waves')), { signal });
    await expect(asked).rejects.toMatchObject({ code: 'no_video_mode' });
    expect(server.calls).toHaveLength(0);
  });

  it('is read once for all requests of an endpoint, until it is closed', async () => {
    const part = video('waves');
    const open = model({ videoMode: 'vllm' });
    await open.chat(about(part), { signal });
    rmSync(part.file);
    await open.chat(about(part), { signal });
    expect(sent()).toMatchObject({ messages: [{ content: [{ video_url: { url } }] }] });
    await open.close?.();
    await expect(open.chat(about(part), { signal })).rejects.toMatchObject({ code: 'no_file' });
  });
});

describe('the data URLs that are kept', () => {
  it('give way, the least used first, when they get too many', async () => {
    const urls = new VideoUrls(urlOf('aaa').length * 2);
    const [a, b, c] = [video('aaa'), video('bbb'), video('ccc')];
    for (const part of [a, b, a, c]) await urls.of(part);
    for (const { file } of [a, b, c]) rmSync(file);
    expect(await urls.of(a)).toBe(urlOf('aaa'));
    expect(await urls.of(c)).toBe(urlOf('ccc'));
    await expect(urls.of(b)).rejects.toMatchObject({ code: 'no_file' });
  });

  it('are built once for requests that come together, and again after a failure', async () => {
    const urls = new VideoUrls();
    const part = video('aaa');
    expect(urls.of(part)).toBe(urls.of(part));
    const other = { ...video('bbb'), sha256: sha256('ccc') };
    await expect(urls.of(other)).rejects.toMatchObject({ code: 'video_changed' });
    writeFileSync(other.file, 'ccc');
    expect(await urls.of(other)).toBe(urlOf('ccc'));
  });

  it('never hold one that would not fit', async () => {
    await expect(new VideoUrls(20).of(video('aaa'))).rejects.toMatchObject({ code: 'video_too_large' });
  });
});
