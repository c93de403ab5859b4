import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { type ChatModel, type ChatReply, type ChatRequest, unknownUsage } from '../models/chat.ts';
import { chatCost, mostChatCost } from '../models/cost.ts';
import { endpointSchema } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { seededRandom } from '../models/offline/seeded-random.ts';
import { mostTokens } from '../models/token-bound.ts';
import { attemptCall } from './attempt.ts';
import { chatBill, failedChatBill } from './bill.ts';
import { RunControl } from './control.ts';
import { Endpoints } from './endpoints.ts';
import { BudgetReached, type Limits, LocalReservations } from './reservation.ts';

const endpoint = endpointSchema.parse({
  id: 'e',
  provider: 'openai',
  baseUrl: 'http://127.0.0.1:1/v1',
  model: 'm',
  maxOutputTokens: 500,
  concurrency: 16,
  attempts: 3,
  price: { input: 2, cached: 1, output: 10, source: 'test', date: '2026-01-01' },
});

const asking = (text: string): ChatRequest => ({
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
});

/**
 * A server that charges at random, within what a request can use: it answers, answers without its count, breaks off after it has
 * charged, turns away unpaid, or says itself what it cost.
 */
class RandomServer implements ChatModel {
  readonly charged = { calls: 0, tokens: 0, usd: 0 };
  readonly #random = seededRandom(7);

  async chat(request: ChatRequest): Promise<ChatReply> {
    const most = mostTokens(endpoint, request);
    const part = () => [1, this.#random()][Math.floor(2 * this.#random())] ?? 1;
    const [input, output] = [Math.floor(part() * most.input), Math.floor(part() * most.output)];
    const usage = { input, cached: null, output, reasoning: null };
    await sleep(2 * this.#random());
    this.charged.calls++;
    const kind = Math.floor(6 * this.#random());
    if (kind === 0) throw new ModelError('rate_limit', 'too many', { status: 429 });
    this.charged.tokens += input + output;
    const usd = chatCost(endpoint, usage) ?? 0;
    const own = usd * this.#random();
    this.charged.usd += kind === 1 ? own : usd;
    if (kind === 2) throw new ModelError('server', 'it broke', { status: 500 });
    if (kind === 3) throw new ModelError('timeout', 'no answer');
    if (kind === 4) throw new ModelError('malformed', 'an answer that is none', { usage });
    const reply = { text: 'x', finish: 'stop' as const, servedModel: null };
    if (kind === 1) return { ...reply, usage, providerCostUsd: own };
    return { ...reply, usage: this.#random() < 0.3 ? unknownUsage : usage };
  }
}

test.each<[string, Limits]>([
  ['money', { usd: 2 }],
  ['tokens', { tokens: 400_000 }],
  ['calls', { calls: 700 }],
])(
  'a budget of %s is not exceeded by 1,000 calls at once that fail, repeat and cost what they like',
  async (_, limits) => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const server = new RandomServer();
    const reservations = new LocalReservations(
      new Map([['run', { limits, spent: { calls: 0, tokens: 0, usd: 0, ms: 0 } }]]),
    );
    const endpoints = new Endpoints(
      () => Promise.reject(new Error('nothing is offline here')),
      () => Promise.resolve(server),
      null,
      { reserve: (_owner, most, signal) => reservations.reserve(['run'], most, signal), refused: () => null },
    );
    const control = new RunControl();
    const random = seededRandom(3);
    const ended = await Promise.allSettled(
      Array.from({ length: 1000 }, async () => {
        const request = asking('x'.repeat(Math.floor(2000 * random())));
        const most = () => {
          const bound = mostTokens(endpoint, request);
          return { ...bound, usd: mostChatCost(endpoint, bound) };
        };
        const call = await attemptCall(
          {
            endpoint,
            owner: 'cell',
            most,
            send: () => server.chat(request),
            billOf: (reply) => chatBill(endpoint, reply),
            failedBill: (thrown) => failedChatBill(endpoint, thrown),
          },
          endpoints,
          control,
        );
        if (call.value === null) throw call.thrown;
      }),
    );
    const refused = ended.filter((end) => end.status === 'rejected' && end.reason instanceof BudgetReached);
    // What was charged only grows: if it is within the limit now, it always was.
    expect(server.charged.usd).toBeLessThanOrEqual(limits.usd ?? Number.POSITIVE_INFINITY);
    expect(server.charged.tokens).toBeLessThanOrEqual(limits.tokens ?? Number.POSITIVE_INFINITY);
    expect(server.charged.calls).toBeLessThanOrEqual(limits.calls ?? Number.POSITIVE_INFINITY);
    expect(refused.length).toBeGreaterThan(0);
    expect(server.charged.calls).toBeGreaterThan(200);
  },
);
