import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { questionBlock, showQuestion } from '../quiz/question.ts';
import { testFolder } from '../testing/folder.ts';
import { dataBlock, fillPrompt, loadPrompt, parsePrompt, promptFile, promptNames } from './prompts.ts';

const names = promptNames();
const asks = (name: string, hole: string) => loadPrompt(name).text.includes(`{{${hole}}}`);
const quizzes = names.filter((name) => asks(name, 'question'));
const videos = names.filter((name) => name.startsWith('pixel-space/video'));
const judging = names.filter((name) => name.startsWith('aesthetics/'));
const checks = names.filter((name) => name.endsWith('/forgetting'));
const makers = names.filter(
  (name) =>
    ![...videos, ...judging, ...checks].includes(name) && (asks(name, 'data') || !asks(name, 'question')),
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
    const prompt = fillPrompt(loadPrompt(name), { data: dataBlock(data), question, reference: 'R' });
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
  expect(quizzes).toHaveLength(14);
  expect(videos).toHaveLength(1);
  expect(judging).toHaveLength(6);
});

test('a hole never reaches a model', () => {
  expect(() => fillPrompt(loadPrompt('teachquiz/video'), { topic: 'T' })).toThrow(/wants \{\{question\}\}/);
});

test.each(names)(
  'template %s declares its variables, and its file can be written again from what was read',
  (name) => {
    const prompt = loadPrompt(name);
    expect(parsePrompt(name, 'x', promptFile(prompt))).toEqual(prompt);
    const values = Object.fromEntries(prompt.variables.map((variable) => [variable, `<${variable}>`]));
    expect(fillPrompt(prompt, values)).toMatchSnapshot();
  },
);

test('a template without a head, or with another set of variables, is refused by name', () => {
  const path = join(testFolder(), 'own.md');
  writeFileSync(path, 'Plan {{data}}');
  expect(() => loadPrompt('code2video/outline', path)).toThrow(/own\.md: it begins with a head/);
  writeFileSync(path, '---\nversion: 2\nvariables: [data, grid]\n---\nPlan {{data}}');
  expect(() => loadPrompt('code2video/outline', path)).toThrow(
    /declares \{\{data\}\}, \{\{grid\}\}, its text has \{\{data\}\}/,
  );
});
