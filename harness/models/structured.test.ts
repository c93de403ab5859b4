import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ChatRequest, type FinishReason, unknownUsage } from './chat.ts';
import { endpointSchema } from './endpoint.ts';
import { type Loopback, plainCompletion, startLoopback } from './loopback.ts';
import { createOpenAiChat } from './openai.ts';
import { schemaOf } from './reply-schema.ts';
import { askStructured, readJson, type StructuredAsk } from './structured.ts';

const sumSchema = z.object({ theSum: z.int(), note: z.string().optional() });
type Sum = z.infer<typeof sumSchema>;
const schema = schemaOf('sum', sumSchema);
const request: ChatRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: '1 + 1?' }] }] };

/** Asks a model that answers in turn; what it was sent, and what came of it. */
async function ask(
  replies: readonly (string | { text: string; finish: FinishReason })[],
  changes: Partial<StructuredAsk<Sum>> = {},
) {
  const sent: { request: ChatRequest; asked: number }[] = [];
  const outcome = await askStructured<Sum>({
    request,
    schema,
    send: async (request, asked) => {
      sent.push({ request, asked });
      const reply = replies[sent.length - 1];
      if (reply === undefined) throw new Error('a request too many');
      const said = typeof reply === 'string' ? { text: reply, finish: 'stop' as const } : reply;
      return { ...said, usage: unknownUsage, servedModel: null };
    },
    read: ({ text }) => readJson(text, sumSchema),
    ...changes,
  });
  const texts = sent.map(({ request: { messages } }) =>
    messages.map(({ role, content: [part] }) => [role, part?.type === 'text' ? part.text : '']),
  );
  return { outcome, sent, texts };
}

describe('a structured ask', () => {
  it('takes a good answer after one request, which carries the form', async () => {
    const { outcome, sent } = await ask(['{"the_sum": 2}']);
    expect(outcome).toEqual({ ok: true, value: { theSum: 2 }, asked: 1 });
    expect(sent).toEqual([{ request: { ...request, schema }, asked: 1 }]);
  });

  it('shows a bad answer once, with what is wrong with it, and takes the next', async () => {
    const { outcome, sent, texts } = await ask(['{"the_sum": "two"}', '```json\n{"the_sum": 2}\n```']);
    expect(outcome).toEqual({ ok: true, value: { theSum: 2 }, asked: 2 });
    expect(sent[1]?.request.schema).toBe(schema);
    expect(texts[1]?.slice(0, 2)).toEqual([
      ['user', '1 + 1?'],
      ['assistant', '{"the_sum": "two"}'],
    ]);
    expect(texts[1]?.[2]?.[1]).toMatch(/expected number.+the_sum/s);
  });

  it('gives up after two, with the last problem', async () => {
    const { outcome } = await ask(['no', '{"the_sum": 1.5}']);
    expect(outcome).toMatchObject({ ok: false, refused: false, asked: 2 });
    expect(outcome).toHaveProperty('problem', expect.stringContaining('the_sum'));
  });

  it('says that it was refused when one of the two was', async () => {
    const { outcome } = await ask([{ text: '', finish: 'refusal' }, 'no']);
    expect(outcome).toMatchObject({ ok: false, refused: true });
    expect((await ask(['no', { text: '', finish: 'content_filter' }])).outcome).toMatchObject({
      refused: true,
    });
  });

  it('does not read an answer that was cut or refused, whatever JSON stands in it', async () => {
    for (const finish of ['length', 'refusal'] as const) {
      const { outcome, texts } = await ask([{ text: '{"the_sum": 3}', finish }, '{"the_sum": 2}']);
      expect(outcome).toEqual({ ok: true, value: { theSum: 2 }, asked: 2 });
      expect(texts[1]?.[2]?.[1]).toContain(`not whole (${finish})`);
    }
  });

  it('quotes no empty answer, which servers refuse, and no endless one', async () => {
    expect((await ask([' ', '{"the_sum": 2}'])).texts[1]?.map(([role]) => role)).toEqual(['user', 'user']);
    const long = await ask(['x'.repeat(50_000), '{"the_sum": 2}']);
    expect(long.texts[1]?.[1]?.[1]).toHaveLength(20_000);
  });

  it('asks again for what has flaws, and keeps the better of two usable answers', async () => {
    const read: StructuredAsk<Sum>['read'] = ({ text }) => {
      const reading = readJson(text, sumSchema);
      return reading.ok ? { ...reading, flaws: 'it is no reading' } : reading;
    };
    const isBetter = (second: Sum, first: Sum) => second.theSum > first.theSum;
    const [two, three] = ['{"the_sum": 2}', '{"the_sum": 3}'];
    expect((await ask([two, three], { read, isBetter })).outcome).toHaveProperty('value', { theSum: 3 });
    expect((await ask([three, two], { read, isBetter })).outcome).toHaveProperty('value', { theSum: 3 });
    expect((await ask([two, 'no'], { read, isBetter })).outcome).toMatchObject({
      value: { theSum: 2 },
      asked: 2,
    });
  });
});

describe('read as a form', () => {
  it('null is absent where the schema knows none, and stays where it does', () => {
    expect(readJson('{"the_sum": 2, "note": null}', sumSchema)).toEqual({ ok: true, value: { theSum: 2 } });
    const nullable = z.object({ a: z.string().nullable() });
    expect(readJson('{"a": null}', nullable)).toEqual({ ok: true, value: { a: null } });
    expect(readJson('{"the_sum": null}', sumSchema).ok).toBe(false);
  });
});

describe('over the wire', () => {
  let server: Loopback;
  beforeEach(async () => {
    server = await startLoopback();
  });
  afterEach(() => server.close());

  it('the form reaches a server that enforces it, with the first request and with the second', async () => {
    const endpoint = endpointSchema.parse({
      id: 'e',
      provider: 'openai',
      baseUrl: server.url,
      model: 'm',
      structured: 'json_schema',
    });
    const model = createOpenAiChat(endpoint, { baseUrl: server.url, key: null });
    const saying = (content: string) => {
      server.completion = { ...plainCompletion, choices: [{ finish_reason: 'stop', message: { content } }] };
    };
    saying('none');
    const { signal } = new AbortController();
    const outcome = await askStructured({
      request,
      schema,
      send: async (asked) => {
        const reply = await model.chat(asked, { signal });
        saying('{"the_sum": 2, "note": null}');
        return reply;
      },
      read: ({ text }) => readJson(text, sumSchema),
    });
    expect(outcome).toMatchObject({ ok: true, value: { theSum: 2 } });
    for (const { body } of server.calls)
      expect(JSON.parse(body.toString())).toMatchObject({
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'sum', strict: true, schema: { required: ['the_sum', 'note'] } },
        },
      });
    expect(server.calls).toHaveLength(2);
  });
});
