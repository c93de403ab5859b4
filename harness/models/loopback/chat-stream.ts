import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

/*
 * How the test server streams a chat completion, written from OpenAI's documentation of streamed chat: pieces of the text as
 * `delta`, a finish reason, the usage in a last chunk without choices, `[DONE]`. It sends thoughts beside the text and
 * comments between the events, as gateways do, and cuts what it writes anywhere, even within a character.
 */

const askedSchema = z.object({ stream: z.literal(true) });
const completionSchema = z.object({
  model: z.string().optional(),
  choices: z.tuple([
    z.object({
      finish_reason: z.string(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ]),
  usage: z.unknown().optional(),
});

export function wantsStream(body: Buffer): boolean {
  try {
    return askedSchema.safeParse(JSON.parse(body.toString())).success;
  } catch {
    return false; // A form, or nothing.
  }
}

/** Streams a completion of the usual shape; events end as `lineEnd` says. */
export function writeStream(response: ServerResponse, completion: unknown, lineEnd = '\n'): void {
  const { model, choices, usage } = completionSchema.parse(completion);
  const [{ finish_reason, message }] = choices;
  const { content, refusal } = message;
  const deltas = [
    { role: 'assistant', content: '', reasoning_content: 'Let me think.' },
    ...[...(content ?? '')].map((letter) => ({ content: letter })),
    ...(refusal ? [{ refusal: refusal.slice(0, 3) }, { refusal: refusal.slice(3) }] : []),
  ];
  const chunks = [
    ...deltas.map((delta) => ({ model, choices: [{ index: 0, delta, finish_reason: null }], usage: null })),
    { model, choices: [{ index: 0, delta: {}, finish_reason }] },
    ...(usage === undefined ? [] : [{ model, choices: [], usage }]),
  ];
  const events = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
  const text = events.map((event) => `: waiting${lineEnd}data: ${event}${lineEnd}${lineEnd}`).join('');
  begin(response);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 501) response.write(bytes.subarray(at, at + 501));
  response.end();
}

function begin(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
}

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const piece = event({ model: 'served-model-1', choices: [{ index: 0, delta: { content: 'Hel' } }] });
const counted = event({ choices: [], usage: { prompt_tokens: 20, completion_tokens: 3 } });
const finished = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const failed = event({ error: { message: 'upstream is busy', type: 'server_error', code: 503 } });

const sends =
  (...events: readonly string[]) =>
  (response: ServerResponse) => {
    begin(response);
    response.end(events.join(''));
  };

/** Ways for a stream to go wrong, and two (without the last word, cut behind it) in which nothing is lost. */
export const streamFaults = {
  stream_error: sends(piece, counted, failed),
  stream_unfinished: sends(piece, counted),
  stream_garbage: sends(piece, 'data: {"choices": [\n\n'),
  stream_no_done: sends(piece, finished),
  stream_cut: (response: ServerResponse) => {
    begin(response);
    response.write(piece + counted);
    setTimeout(() => response.destroy(), 20);
  },
  stream_cut_when_done: (response: ServerResponse) => {
    begin(response);
    response.write(`${piece}${finished}data: [DONE]\n\n`);
    setTimeout(() => response.destroy(), 20);
  },
  stream_stall: (response: ServerResponse) => {
    begin(response);
    response.write(piece + counted);
  },
  /** Seventy megabytes of nothing in seventy kilobytes. */
  stream_bomb: (response: ServerResponse) => {
    begin(response, { 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(70 * 1024 ** 2, ' '), { level: 1 }));
  },
} as const;
export type StreamFault = keyof typeof streamFaults;

export function isStreamFault(fault: string): fault is StreamFault {
  return fault in streamFaults;
}
