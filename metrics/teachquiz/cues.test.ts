import { expect, test } from 'vitest';
import type { AnswerResult } from '../evidence.ts';
import { stratify } from './cues.ts';

const answer = (options: string[], key: string, correct: boolean): AnswerResult => ({
  questionId: 'q',
  stem: '',
  options,
  key,
  needs: 'unknown',
  reply: null,
  reading: { kind: 'letter', letter: correct ? key : 'B' },
  correct,
});
const long = (correct: boolean) => answer(['the longest', 'b', 'c'], 'A', correct);
const short = (correct: boolean) => answer(['a', 'the longest', 'c'], 'A', correct);

test('a student that answers by length alone shows 50 %, however many keys are long', () => {
  const byLength = [long(true), long(true), long(true), short(false)];
  expect(stratify(byLength)).toEqual({ keyLongest: 1, keyNotLongest: 0, stratified: 0.5 });
});

test('both strata weigh the same; a tie for the longest counts as longest', () => {
  const tie = answer(['same', 'size'], 'A', true);
  expect(stratify([long(false), tie, short(true)])).toEqual({
    keyLongest: 0.5,
    keyNotLongest: 1,
    stratified: 0.75,
  });
});

test('with one stratum empty there is no stratified figure', () => {
  expect(stratify([long(true)])).toEqual({ keyLongest: 1, keyNotLongest: null, stratified: null });
  expect(stratify([])).toEqual({ keyLongest: null, keyNotLongest: null, stratified: null });
});
