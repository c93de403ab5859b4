import { expect, test } from 'vitest';
import { endpointSchema } from './endpoint.ts';
import { countTokens } from './offline/token-count.ts';
import { mostTokens } from './token-bound.ts';

const endpoint = (rest: Record<string, unknown> = {}) =>
  endpointSchema.parse({ id: 'e', provider: 'openai', baseUrl: 'http://127.0.0.1:1', model: 'm', ...rest });
const asking = (...texts: string[]) => ({
  messages: [{ role: 'user' as const, content: texts.map((text) => ({ type: 'text' as const, text })) }],
});

test.each([
  ['English', 'A vector has a length and a direction. '.repeat(50)],
  ['code', 'self.play(Create(Square()), run_time=0.5)\n'.repeat(40)],
  ['Chinese', '极限的定义是微积分的基础。'.repeat(40)],
  ['emoji', '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(30)],
  ['rare signs', '꧁𒐫ﷺ⸻'.repeat(30)],
  [
    'random letters',
    Array.from({ length: 800 }, (_, i) => String.fromCharCode(33 + ((i * 7919) % 94))).join(''),
  ],
  ['nothing', ''],
])('%s has no more tokens than the bound', async (_, text) => {
  expect(await countTokens([text])).toBeLessThanOrEqual(mostTokens(endpoint(), asking(text)).input);
});

test('the reply is bounded by the cap that is sent, for each reply asked for', () => {
  expect(mostTokens(endpoint({ maxOutputTokens: 500 }), asking('x')).output).toBe(500);
  expect(mostTokens(endpoint(), { ...asking('x'), maxOutputTokens: 16 }).output).toBe(16);
  const raised = endpoint({ maxOutputTokens: 500, parameters: { max_completion_tokens: 900, n: 3 } });
  expect(mostTokens(raised, asking('x')).output).toBe(2700);
});

test('pictures and videos are bounded by the kind of endpoint, and all by its context', () => {
  const picture = {
    type: 'image' as const,
    mediaType: 'image/jpeg' as const,
    bytes: new Uint8Array(9),
    source: 's',
  };
  const seen = { messages: [{ role: 'user' as const, content: [picture] }] };
  const input = (rest: Record<string, unknown>) => mostTokens(endpoint(rest), seen).input;
  expect(input({})).toBeGreaterThan(input({ provider: 'anthropic' }));
  expect(input({ provider: 'anthropic' })).toBeGreaterThan(input({ provider: 'gemini' }));
  expect(input({ contextTokens: 3000 })).toBe(3000);
});
