/**
 * A chat server in a process of its own: answers each request with 4 kB after the milliseconds that its prompt begins with,
 * in one piece, or as a stream where the model is named `stream`. Prints its port; ends with its parent.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const words = 'A tangent touches the curve in one point. '.repeat(98).slice(0, 4096);
const usage = { prompt_tokens: 1000, completion_tokens: 1000 };
const piece = (part: object) => `data: ${JSON.stringify({ model: 'stream', ...part })}\n\n`;
/** About a token in each piece, as servers send them. */
const stream = [
  ...(words.match(/.{1,4}/g) ?? []).map((content) => piece({ choices: [{ index: 0, delta: { content } }] })),
  piece({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage }),
  'data: [DONE]\n\n',
].join('');
const message = { role: 'assistant', content: words };
const whole = JSON.stringify({ model: 'm', choices: [{ index: 0, finish_reason: 'stop', message }], usage });

const server = createServer(async (request, response) => {
  const body = JSON.parse(await text(request));
  const waitMs = Number.parseInt(body.messages[0].content, 10);
  if (waitMs > 0) await sleep(waitMs);
  const streams = body.model === 'stream';
  response.setHeader('content-type', streams ? 'text/event-stream' : 'application/json');
  response.end(streams ? stream : whole);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.stdin.resume().on('end', () => process.exit());
