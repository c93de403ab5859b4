import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../store/hash.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { ChatModel, ChatRequest, VideoPart } from './chat.ts';
import { type Endpoint, endpointSchema } from './endpoint.ts';
import { createGeminiChat } from './gemini.ts';
import { type GeminiServer, startGemini } from './loopback/gemini.ts';
import { ModelError } from './model-error.ts';

let server: GeminiServer;
beforeEach(async () => {
  server = await startGemini();
});
afterEach(() => server.close());

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const { signal: never } = new AbortController();
/** Of what goes within a request, bytes; less than in truth, for speed. */
const mostInline = 200_000;
const native = { videoMode: 'native', videoFps: 2, videoResolution: 'low' } as const;

function open(own: Partial<Endpoint> = native) {
  const settings = { id: 'g', provider: 'gemini', model: 'gemini-x', timeoutS: 5, ...own };
  return createGeminiChat(endpointSchema.parse(settings), access(), mostInline);
}
const access = () => ({ baseUrl: server.url, key: 'canary-key' });

function video(name: string, bytes: number): VideoPart {
  const content = Buffer.alloc(bytes, name);
  const file = join(folder.path, name);
  writeFileSync(file, content);
  const part = { type: 'video', mediaType: 'video/mp4', durationS: 3, source: `${name}/video` } as const;
  return { ...part, file, sha256: sha256(content) };
}
const small = video('small.mp4', 1000);
const large = video('large.mp4', mostInline + 1);

const about = (...videos: VideoPart[]): ChatRequest => ({
  messages: [{ role: 'user', content: [...videos, { type: 'text', text: 'What is taught?' }] }],
});
const sentPart = (call: number) => {
  const { contents } = server.calls[call]?.body ?? {};
  return Array.isArray(contents) ? contents[0].parts[0] : undefined;
};

const tenQuestions = (model: ChatModel) =>
  Array.from({ length: 10 }, () => model.chat(about(large), { signal: never }));

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (thrown instanceof ModelError) return thrown;
  throw new Error('expected a ModelError', { cause: thrown });
}

describe('a whole video', () => {
  it('that is small goes within the request, with its frames a second and its resolution', async () => {
    await open().chat(about(small), { signal: never });
    const data = Buffer.alloc(1000, 'small.mp4').toString('base64');
    expect(sentPart(0)).toEqual({ inlineData: { mimeType: 'video/mp4', data }, videoMetadata: { fps: 2 } });
    expect(server.calls[0]?.body.generationConfig).toMatchObject({ mediaResolution: 'MEDIA_RESOLUTION_LOW' });
    expect(server.files).toEqual([]);
  });

  it('that is large is uploaded once for ten questions, waited for, and deleted in the end', async () => {
    server.upload = { looks: 2, state: 'ACTIVE' };
    const model = open();
    await Promise.all(tenQuestions(model));
    expect(server.files).toMatchObject([{ bytes: mostInline + 1, mimeType: 'video/mp4', deleted: false }]);
    for (let call = 0; call < 10; call++)
      expect(sentPart(call)).toEqual({
        fileData: { mimeType: 'video/mp4', fileUri: `${server.url}/v1beta/files/f0` },
        videoMetadata: { fps: 2 },
      });
    await model.close?.();
    expect(server.files).toMatchObject([{ deleted: true }]);
  });

  it('and another one are uploaded when they are too large for one request together', async () => {
    const parts = [video('a.mp4', mostInline / 2 + 1), video('b.mp4', mostInline / 2 + 1)];
    const model = open();
    await model.chat(about(...parts), { signal: never });
    expect(server.files).toHaveLength(2);
    await model.close?.();
  });

  it('that the server cannot read is a failure with its words, uploaded anew the next time, and deleted', async () => {
    server.upload = { looks: 1, state: 'FAILED' };
    const model = open();
    const failed = await failureOf(model.chat(about(large), { signal: never }));
    expect([failed.failure, failed.message]).toEqual([
      'malformed',
      expect.stringContaining('no video stream'),
    ]);
    server.upload = { looks: 0, state: 'ACTIVE' };
    expect((await model.chat(about(large), { signal: never })).text).toBe('Hello.');
    await model.close?.();
    expect(server.files).toMatchObject([{ deleted: true }, { deleted: true }]);
  });

  it('that has ended on the server is uploaded again, once for all who asked', async () => {
    const model = open();
    await model.chat(about(large), { signal: never });
    for (const file of server.files) file.deleted = true;
    const replies = await Promise.all(tenQuestions(model));
    expect(replies.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => 'Hello.'));
    expect(server.files).toHaveLength(2);
    await model.close?.();
  });

  it('that is not ready in time is a timeout, and holds up nobody in the end', async () => {
    server.upload = { looks: 1e6, state: 'ACTIVE' };
    const model = open({ ...native, timeoutS: 1 });
    expect((await failureOf(model.chat(about(large), { signal: never }))).failure).toBe('timeout');
    await model.close?.();
    expect(server.files).toMatchObject([{ deleted: true }]);
  });

  it('that nobody needs any more is not waited for', async () => {
    server.upload = { looks: 1e6, state: 'ACTIVE' };
    const model = open();
    const stopped = model.chat(about(large), { signal: never }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(server.files[0]?.looks).toBeLessThan(1e6 - 1), 10_000);
    await model.close?.();
    expect(await stopped).toMatchObject({ message: 'the endpoint is closed' });
    expect(server.files).toMatchObject([{ deleted: true }]);
  });

  it('is still waited for when one of those who asked has given up', async () => {
    server.upload = { looks: 2, state: 'ACTIVE' };
    const model = open();
    const reason = new Error('enough');
    const first = model.chat(about(large), { signal: AbortSignal.timeout(20) }).catch((error) => error);
    const second = model.chat(about(large), { signal: never });
    await expect(model.chat(about(large), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await first).toMatchObject({ name: 'TimeoutError' });
    expect((await second).text).toBe('Hello.');
    expect(server.files).toHaveLength(1);
    await model.close?.();
  });

  it('keeps the process alive while it is waited for', async () => {
    server.upload = { looks: 1, state: 'ACTIVE' };
    const script = `
      import { createGeminiChat } from ${JSON.stringify(import.meta.resolve('./gemini.ts'))};
      import { endpointSchema } from ${JSON.stringify(import.meta.resolve('./endpoint.ts'))};
      const settings = { id: 'g', provider: 'gemini', model: 'm', videoMode: 'native' };
      const access = { baseUrl: '${server.url}', key: null };
      const model = createGeminiChat(endpointSchema.parse(settings), access, 0);
      const { signal } = new AbortController();
      console.log((await model.chat(${JSON.stringify(about(large))}, { signal })).text);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect((await run).stdout).toBe('Hello.\n');
  });

  it('goes to no place that is not safe', async () => {
    server.upload = { looks: 0, state: 'ACTIVE', place: 'http://files.example' };
    const failed = await failureOf(open().chat(about(large), { signal: never }));
    expect([failed.failure, failed.message]).toEqual(['malformed', expect.stringContaining('not safe')]);
  });

  it('that is another one than was recorded is refused', async () => {
    const changed = { ...large, sha256: '0'.repeat(64) };
    await expect(open().chat(about(changed), { signal: never })).rejects.toThrow(
      /not the video that was recorded/,
    );
    await expect(open().chat(about({ ...small, sha256: '0'.repeat(64) }), { signal: never })).rejects.toThrow(
      /not the video/,
    );
  });

  it('is refused by an endpoint that is shown frames', async () => {
    await expect(open({}).chat(about(small), { signal: never })).rejects.toThrow(/was given a whole video/);
  });

  it('that cannot be deleted is warned of', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const model = open();
    await model.chat(about(large), { signal: never });
    await server.close();
    await model.close?.();
    expect(warned.mock.calls[0]?.[0]).toMatch(/could not be deleted/);
    warned.mockRestore();
  });
});
