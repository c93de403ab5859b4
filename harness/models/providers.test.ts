import { expect, it } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import { startLoopback } from './loopback.ts';
import { openChatModel, openVideoModel } from './providers.ts';

const chat = {
  id: 'gpt',
  provider: 'openai',
  baseUrl: 'https://example.org/v1',
  model: 'm',
  keyVariable: 'SOME_KEY',
};
const noOffline = { resolveOffline: () => Promise.reject(new Error('not asked for')) };

it('names the missing variable and says where to put it, with the exit code of a prerequisite', async () => {
  for (const env of [{}, { SOME_KEY: ' ' }]) {
    const opening = openChatModel(endpointSchema.parse(chat), env, noOffline);
    await expect(opening).rejects.toMatchObject({ code: 'missing_key', exitCode: 4 });
    await expect(opening).rejects.toThrow('SOME_KEY');
    await expect(opening).rejects.toMatchObject({ hint: expect.stringContaining('.env') });
  }
});

it('asks for the offline address only when an endpoint is offline, and needs no key there', async () => {
  const server = await startLoopback();
  const offline = endpointSchema.parse({ id: 'a', provider: 'openai', baseUrl: 'offline:', model: 'author' });
  const model = await openChatModel(offline, {}, { resolveOffline: async () => server.url });
  const message = { role: 'user', content: [{ type: 'text', text: 'Hi' }] } as const;
  const reply = await model.chat({ messages: [message] }, { signal: new AbortController().signal });
  expect(reply.text).toBe('Hello.');
  await server.close();
  await openChatModel(endpointSchema.parse(chat), { SOME_KEY: 'k' }, noOffline);
});

it('refuses an endpoint of the other kind', async () => {
  const video = endpointSchema.parse({ ...chat, provider: 'videos-http' });
  await expect(openChatModel(video, {}, noOffline)).rejects.toMatchObject({ code: 'wrong_provider' });
  await expect(openVideoModel(endpointSchema.parse(chat), {}, noOffline)).rejects.toMatchObject({
    code: 'wrong_provider',
  });
});
