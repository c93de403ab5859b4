import { expect, test } from 'vitest';
import { type ChatReply, unknownUsage } from '../models/chat.ts';
import { endpointSchema } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { callBill, chargeOf, chatBill, failedChatBill, nothingUsed } from './bill.ts';

const priced = endpointSchema.parse({
  id: 'e',
  provider: 'openai',
  baseUrl: 'http://127.0.0.1:1/v1',
  model: 'm',
  price: { input: 2, cached: 1, output: 10, source: 'test', date: '2026-01-01' },
});
const { price: _, ...unpriced } = priced;
const most = { input: 1000, output: 500, usd: 0.007 };
const usage = (input: number, output: number) => ({ input, cached: null, output, reasoning: null });
const reply = (rest: Partial<ChatReply> = {}): ChatReply => ({
  ...{ text: 'x', finish: 'stop', usage: usage(100, 50), servedModel: null },
  ...rest,
});

test('tokens of a failed attempt count beside those of the one that was answered', () => {
  const cut = new ModelError('malformed', 'half an answer', { usage: usage(100, 20) });
  const bill = callBill([failedChatBill(priced, cut), chatBill(priced, reply())], () => most);
  expect(bill.usage).toMatchObject({ input: 200, output: 70 });
  expect(bill.costUsd).toBeCloseTo((200 * 2 + 70 * 10) / 1e6, 12);
  expect(bill.unbilled).toBeUndefined();
});

test('a request that was turned away costs nothing; one that broke off counts the most that it can have cost', () => {
  const busy = failedChatBill(priced, new ModelError('rate_limit', 'later', { status: 429 }));
  expect(chargeOf(busy, most)).toEqual({ calls: 1, tokens: 0, usd: 0 });
  const broken = failedChatBill(priced, new ModelError('timeout', 'no answer'));
  expect(chargeOf(broken, most)).toEqual({ calls: 1, tokens: 1500, usd: 0.007 });
  const bill = callBill([busy, broken, chatBill(priced, reply())], () => most);
  expect(bill.unbilled).toEqual({ attempts: 1, tokens: 1500, usd: 0.007 });
  // What is known is kept apart from what is not.
  expect(bill.usage).toMatchObject({ input: 100, output: 50 });
  expect(bill.costUsd).toBeCloseTo((100 * 2 + 50 * 10) / 1e6, 12);
});

test('what the server says that it cost comes before the price, and is marked', () => {
  expect(chatBill(priced, reply({ providerCostUsd: 0.5 }))).toMatchObject({
    costUsd: 0.5,
    costFrom: 'provider',
  });
  expect(chatBill(priced, reply()).costFrom).toBe('endpoint');
});

test('without a price, or without a count, the cost is not known, and never 0', () => {
  expect(callBill([chatBill(unpriced, reply())], () => ({ ...most, usd: null })).costUsd).toBeNull();
  const uncounted = callBill([chatBill(priced, reply({ usage: unknownUsage }))], () => most);
  expect(uncounted).toMatchObject({ costUsd: null, unbilled: { attempts: 1, tokens: 1500, usd: 0.007 } });
  expect(callBill([nothingUsed], () => most).costUsd).toBe(0);
});
