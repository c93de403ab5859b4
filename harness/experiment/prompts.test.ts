import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { questionBlock, showQuestion } from '../quiz/question.ts';
import { dataBlock, fillPrompt, loadPrompt } from './prompts.ts';

const folder = join(import.meta.dirname, '../../configs/prompts');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => path.slice(0, -'.md'.length));
const quizzes = names.filter((name) => name.startsWith('teachquiz/'));
const videos = names.filter((name) => name.startsWith('pixel-space/'));
const makers = names.filter((name) => !quizzes.includes(name) && !videos.includes(name));

/** Code that would close the fence if its back-ticks were not escaped. */
const data = {
  task: 'repair',
  topic: { title: 'T' },
  code: [{ line: 1, text: 'x = """```json\n{}\n```"""' }],
};

describe.each(makers)('template %s', (name) => {
  test('puts its data into one fenced json block, whatever the data holds', () => {
    const prompt = fillPrompt(loadPrompt(name), { data: dataBlock(data) });
    const blocks = [...prompt.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
    expect(blocks).toHaveLength(1);
    expect(JSON.parse(blocks[0] ?? '')).toEqual(data);
  });
});

describe.each(quizzes)('template %s', (name) => {
  test('holds the question as one line and each option as one line', () => {
    const shown = showQuestion({ id: 'q', stem: 'How many?', options: ['one', 'two', 'three'] });
    const prompt = fillPrompt(loadPrompt(name), { topic: 'T', question: questionBlock(shown) });
    const lines = prompt.split('\n').filter((line) => /^(Question: |[A-F]\) )/.test(line));
    expect(lines).toEqual(['Question: How many?', 'A) one', 'B) two', 'C) three']);
  });
});

test('every kind of template is there', () => {
  expect(makers.length).toBeGreaterThanOrEqual(6);
  expect(quizzes).toHaveLength(3);
  expect(videos).toHaveLength(1);
});

test('a hole never reaches a model', () => {
  expect(() => fillPrompt(loadPrompt('teachquiz/video'), { topic: 'T' })).toThrow(/wants \{\{question\}\}/);
});
