import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { endpointSchema } from '../models/endpoint.ts';
import { plainCompletion } from '../models/loopback.ts';
import { OpenBundle } from '../store/bundle.ts';
import { testFolder } from '../testing/folder.ts';
import { OwnedCalls } from './calls.ts';
import { RunControl } from './control.ts';
import { Endpoints } from './endpoints.ts';

test('a server that bears four calls at once gets them all answered, whatever concurrency says', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.01);
  const seen = { now: 0, refused: 0, answered: 0 };
  const server = createServer(async (request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (seen.now >= 4) {
      seen.refused++;
      response.writeHead(429).end('{"error": {"message": "slow down", "code": "rate_limit_exceeded"}}');
      return;
    }
    seen.now++;
    await sleep(10);
    seen.now--;
    seen.answered++;
    response.end(JSON.stringify(plainCompletion));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const endpoint = endpointSchema.parse({
    ...{ id: 'e', provider: 'openai', model: 'm', baseUrl: `http://127.0.0.1:${port}/v1`, concurrency: 32 },
  });
  const bundle = new OpenBundle(testFolder(), 'test');
  const endpoints = new Endpoints(() => Promise.reject(new Error('nothing is offline here')));
  const control = new RunControl();
  const ask = (n: number) => {
    const calls = new OwnedCalls(bundle, endpoints, control, {
      ...{ job: `j${n}`, owner: `c${n}`, files: [], maxUnusable: 3 },
    });
    const content = [{ type: 'text' as const, text: `question ${n}` }];
    return calls.chat(endpoint, 'coder', { messages: [{ role: 'user', content }] }, { purpose: 'p' });
  };
  try {
    await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)));
  } finally {
    server.close();
    server.closeAllConnections();
    bundle.close();
  }
  expect(seen.answered).toBe(200);
  // The first round, and one probe each time that it had gone well for a while.
  expect(seen.refused).toBeLessThan(100);
  const attempts = bundle.state.calls.map((call) => call.attempts);
  expect(attempts.reduce((a, b) => a + b, 0)).toBe(seen.answered + seen.refused);
  expect(bundle.state.calls.every(({ costUsd, unbilled }) => costUsd === null && !unbilled)).toBe(true);
});
