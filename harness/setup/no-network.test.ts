import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';

test('a request to loopback goes through, by name and by number', async () => {
  const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here');
  server.closeAllConnections();
  server.close();
});

test.fails('a request elsewhere fails its test even when the code under test swallows the refusal', async () => {
  await fetch('http://192.0.2.1/').catch(() => 'swallowed');
});
