import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { questionBlock, showQuestion } from '../quiz/question.ts';
import { dataBlock, fillPrompt, loadPrompt } from './prompts.ts';

const folder = join(import.meta.dirname, '../../configs/prompts');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => path.slice(0, -'.md'.length));
const asks = (name: string, hole: string) => loadPrompt(name).text.includes(`{{${hole}}}`);
const quizzes = names.filter((name) => asks(name, 'question'));
const videos = names.filter((name) => name.startsWith('pixel-space/'));
const makers = names.filter(
  (name) => !videos.includes(name) && (asks(name, 'data') || !asks(name, 'question')),
);
const question = questionBlock(
  showQuestion({ id: 'q', stem: 'How many?', options: ['one', 'two', 'three'] }),
);

/** Code that would close the fence if its back-ticks were not escaped. */
const data = {
  task: 'repair',
  topic: { title: 'T' },
  code: [{ line: 1, text: 'x = """```json\n{}\n```"""' }],
};

describe.each(makers)('template %s', (name) => {
  test('puts its data into one fenced json block, whatever the data holds', () => {
    const prompt = fillPrompt(loadPrompt(name), { data: dataBlock(data), question });
    const blocks = [...prompt.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
    expect(blocks).toHaveLength(1);
    expect(JSON.parse(blocks[0] ?? '')).toEqual(data);
  });
});

describe.each(quizzes)('template %s', (name) => {
  test('holds the question as one line and each option as one line', () => {
    const prompt = fillPrompt(loadPrompt(name), { topic: 'T', key: 'B', question, data: dataBlock(data) });
    const lines = prompt.split('\n').filter((line) => /^(Question: |[A-F]\) )/.test(line));
    expect(lines).toEqual(['Question: How many?', 'A) one', 'B) two', 'C) three']);
  });
});

test('every kind of template is there', () => {
  expect(makers.length).toBeGreaterThanOrEqual(12);
  expect(quizzes).toHaveLength(8);
  expect(videos).toHaveLength(1);
});

test('a hole never reaches a model', () => {
  expect(() => fillPrompt(loadPrompt('teachquiz/video'), { topic: 'T' })).toThrow(/wants \{\{question\}\}/);
});
