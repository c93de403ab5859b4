import { calcPrice } from '@pydantic/genai-prices';
import { expect, test } from 'vitest';
import { chatCost, mostChatCost, videoCost } from './cost.ts';
import { type Endpoint, endpointSchema } from './endpoint.ts';
import { priceTable } from './price-table.ts';
import { priceOf } from './prices.ts';

const now = new Date('2026-11-23T12:00:00Z');
const openai = 'https://api.openai.com/v1';
const endpoint = (model: string, rest: Record<string, unknown> = {}): Endpoint =>
  endpointSchema.parse({ id: 'e', provider: 'openai', baseUrl: openai, model, ...rest });
const gemini = (model: string) => endpoint(model, { provider: 'gemini', baseUrl: '' });
const usage = (input: number, cached: number | null, output: number) => ({
  ...{ input, cached, output },
  reasoning: null,
});

test('the endpoint’s own price comes before the table, and the table before the fallback', () => {
  const own = { input: 1, output: 2, source: 'a contract', date: '2026-11-01' };
  expect(priceOf(endpoint('gpt-6.1-sol', { price: own }), now)).toMatchObject({ ...own, origin: 'endpoint' });
  expect(priceOf(endpoint('gpt-6.1-sol'), now)).toMatchObject({ input: 2, origin: 'table' });
  // The fallback says 4 and 20 here; our table says what was read last.
  expect(priceOf(endpoint('gpt-5.6-sol'), now)).toMatchObject({ input: 5, output: 30, origin: 'table' });
  expect(priceOf(endpoint('gpt-4.1-mini'), now)).toMatchObject({ origin: 'genai-prices' });
});

test('the fallback never lends the price of a model whose name only begins alike', () => {
  const trap = calcPrice({ input_tokens: 1, output_tokens: 1 }, 'claude-sonnet-5-9', {
    providerId: 'anthropic',
  });
  expect(trap?.model.id).toBe('claude-sonnet-5');
  expect(priceOf(endpoint('claude-sonnet-5-9', { provider: 'anthropic', baseUrl: '' }), now)).toBeNull();
});

test('a model of the same name on another server has no price', () => {
  expect(priceOf(endpoint('gpt-6.1-sol', { baseUrl: 'http://127.0.0.1:8000/v1' }), now)).toBeNull();
  expect(
    priceOf(endpoint('x', { baseUrl: 'http://127.0.0.1:1/v1', price: 'openai/gpt-4.1' }), now),
  ).toMatchObject({ input: 2 });
});

test('a name that no entry has is refused with the nearest one', () => {
  const unknown = endpoint('x', { price: 'openai/gpt-4.2' });
  expect(() => priceOf(unknown, now)).toThrow(/no price openai\/gpt-4\.2/);
});

test('rates follow the day of the call', () => {
  const at = (day: string) => priceOf(gemini('gemini-4-argon'), new Date(`${day}T00:00:00Z`))?.input;
  expect([at('2026-11-30'), at('2026-12-01')]).toEqual([2, 4]);
});

test('a request above a tier’s limit is charged at its rate as a whole', () => {
  const flat = chatCost(gemini('gemini-2.5-pro'), usage(200_000, 0, 1000), now);
  const tiered = chatCost(gemini('gemini-2.5-pro'), usage(200_001, 1000, 1000), now);
  expect(flat).toBeCloseTo(0.2 * 1.25 + 0.001 * 10, 10);
  expect(tiered).toBeCloseTo(0.199001 * 2.5 + 0.001 * 0.25 + 0.001 * 15, 10);
});

test('tiers of the fallback are charged too', () => {
  // It is not in our table, and the fallback names it.
  const pro = priceOf(gemini('gemini-1.5-pro'), now);
  expect(pro).toMatchObject({ origin: 'genai-prices' });
  expect(pro?.tiers[0]?.input).toBeGreaterThan(pro?.input ?? 0);
});

test('unknown tokens or an unknown price make an unknown cost, never 0', () => {
  expect(chatCost(gemini('gemini-4-argon'), { ...usage(1, 0, 1), output: null }, now)).toBeNull();
  expect(chatCost(endpoint('no-such-model'), usage(1, 0, 1), now)).toBeNull();
  expect(mostChatCost(endpoint('no-such-model'), { input: 1, output: 1 }, now)).toBeNull();
  const clip = { prompt: '', width: 1, height: 1, fps: 24, frames: 48, seed: 0 };
  expect(videoCost(gemini('gemini-4-argon'), clip, now)).toBeNull();
  expect(videoCost(gemini('gemini-omni-1.2-flash'), clip, now)).toBeCloseTo(0.139, 10);
});

test('no call within the tokens of a bound costs more than the bound', () => {
  const models = priceTable().filter(({ unit }) => unit === 'per_million_tokens');
  for (const { id } of models)
    for (const most of [10, 100_001, 200_001, 272_001, 900_000]) {
      const priced = endpoint('x', { price: id });
      const bound = mostChatCost(priced, { input: most, output: 5000 }, now) ?? -1;
      for (const share of [0.01, 0.3, 0.9999, 1])
        for (const cached of [0, 0.5, 1]) {
          const input = Math.floor(most * share);
          const cost = chatCost(priced, usage(input, Math.floor(input * cached), 5000), now) ?? 1;
          expect(cost).toBeLessThanOrEqual(bound + 1e-12);
        }
    }
});

test('every entry of the table is dated, and no model of a seller is there twice', () => {
  const names = priceTable().flatMap((e) => e.models.map((model) => `${e.provider}|${model}`));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(priceTable().map(({ id }) => id)).size).toBe(priceTable().length);
});
