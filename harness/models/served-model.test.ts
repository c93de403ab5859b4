import { expect, test } from 'vitest';
import { isSameModel } from './served-model.ts';

test.each([
  ['gpt-4.1', null],
  ['gpt-4.1', 'gpt-4.1'],
  ['gpt-4.1', 'gpt-4.1-2025-04-14'],
  ['gpt-4.1-2025-04-14', 'gpt-4.1'],
  ['openai/gpt-4.1', 'gpt-4.1'],
  ['openai/gpt-4.1', 'gpt-4.1-2025-04-14'],
  ['gpt-4.1', 'openai/gpt-4.1'],
  ['Qwen/Qwen3-VL-8B', '/srv/weights/qwen/qwen3-vl-8b'],
  ['gemini-2.5-pro', 'models/gemini-2.5-pro'],
  ['gemini-2.0-flash', 'gemini-2.0-flash-001'],
  ['gemini-2.5-flash-preview', 'gemini-2.5-flash-preview-09-2025'],
  ['gemini-2.5-pro-preview', 'gemini-2.5-pro-preview-05-06'],
  ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
  ['claude-sonnet-4-5', 'claude-sonnet-4-5@20250929'],
  ['mistral-large-latest', 'mistral-large-2411'],
  ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet-20241022'],
  ['llama3', 'llama3:latest'],
  ['x/model:free', 'x/model'],
])('%s answered as %s is the same model', (asked, served) => {
  expect(isSameModel(asked, served)).toBe(true);
});

test.each([
  ['gpt-4.1', 'gpt-4.1-mini'],
  ['gpt-4.1', 'gpt-4.1-mini-2025-04-14'],
  ['gpt-4.1-mini', 'gpt-4.1'],
  ['gpt-4.1-2025-04-14', 'gpt-4.1-2025-08-01'],
  ['claude-sonnet-4', 'claude-sonnet-4-5'],
  ['qwen3-235b-a22b', 'qwen3-235b-a22b-2507'],
  ['deepseek/deepseek-chat-v3', 'deepseek/deepseek-chat-v3-0324'],
  ['llama3:8b', 'llama3:70b'],
  ['one/model', 'two/model'],
  ['mistral-large-latest', 'mistral-small-2411'],
  ['gpt-4.1', ''],
])('%s answered as %s is another', (asked, served) => {
  expect(isSameModel(asked, served)).toBe(false);
});
