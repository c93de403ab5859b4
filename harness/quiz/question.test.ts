import { expect, test } from 'vitest';
import { questionBlock, showQuestion } from './question.ts';

const stored = { id: 'q', stem: 'How many\nsteps?', options: ['one', 'two', 'three'] };

test('the block holds the stem and one line per option, in the order shown', () => {
  expect(questionBlock(showQuestion(stored))).toBe('Question: How many steps?\nA) one\nB) two\nC) three');
  expect(questionBlock(showQuestion(stored, [2, 0, 1]))).toBe(
    'Question: How many steps?\nA) three\nB) one\nC) two',
  );
});
