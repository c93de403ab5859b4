import { expect, test } from 'vitest';
import { familyOf } from './family.ts';

test.each([
  ['gpt-4.1-2025-04-14', 'OpenAI'],
  ['o4-mini', 'OpenAI'],
  ['anthropic/claude-opus-4.1', 'Anthropic'],
  ['models/gemini-3-pro', 'Google'],
  ['veo-3.0-generate', 'Google'],
  ['Qwen/Qwen3-VL-32B', 'Alibaba'],
  ['Wan2.2-T2V-A14B', 'Alibaba'],
  ['my-own-model', null],
])('%s is made by %s', (model, maker) => {
  expect(familyOf(model)).toBe(maker);
});
