import { expect, test } from 'vitest';
import type { Question } from '../schema.ts';
import { readDraft } from './quiz-draft.ts';
import { repeats } from './validate-duplicates.ts';
import { lengthProblem } from './validate-text.ts';

function question(stem: string, options: string[], key = 0): Question {
  return { id: 'question-000000000000', stem, options, key, tags: [] };
}

const read = (item: unknown) => readDraft(item, 'topic-000000000000', 3, 'test');
const good = { stem: 'Which?', options: ['x', 'y', 'z'], key: 'b', needs: 'text' };

test('a draft is read with its key as an index, white space folded', () => {
  const { question: made, problem } = read({ ...good, stem: ' Which\n one? ' });
  expect(problem).toBeNull();
  expect(made).toMatchObject({ stem: 'Which one?', key: 1, tags: ['needs-text'], source: 'test' });
});

test.each([
  [null, 'expected object'],
  ['text', 'expected object'],
  [{ ...good, options: 'x' }, 'options'],
  [{ ...good, options: ['A) x', 'B) y', 'C) z'] }, 'name their letters'],
  [{ ...good, options: ['x', 'X', 'z'] }, 'equal'],
  [{ ...good, key: 'D' }, 'must be one of A, B, C'],
  [{ ...good, key: 1 }, 'key'],
  [{ ...good, needs: 'both' }, 'needs'],
  [{ ...good, stem: '  ' }, 'empty'],
  [{ ...good, stem: 'x'.repeat(601) }, 'stem'],
])('the malformed draft %j is refused and still shown', (item, reason) => {
  const { question: shown, problem } = read(item);
  expect(problem).toContain(reason);
  expect(shown.id).toMatch(/^question-/);
});

test('repetitions are found by wording and by equal answers, not by a shared form', () => {
  const first = question('How many faces does a die have?', ['6', '8', '9', '4']);
  const list = [
    question('How many faces does one die have?', ['8', '4', '5', '6'], 3),
    question('How many faces does a cube have?', ['6', '12', '10', '3']),
    question('How many edges does a die have?', ['12', '8', '9', '4']),
    question('how many faces does a DIE have', ['1', '2', '3', '4']),
  ];
  expect(repeats([first], list).map((found) => found.has(0))).toEqual([true, false, false, true]);
});

test('the length rule: above 1.3 times the longest, below half the shortest, more than three characters apart', () => {
  const of = (key: number, others: number[]) =>
    lengthProblem(question('s', ['k'.repeat(key), ...others.map((n) => 'd'.repeat(n))]))?.refusal ?? null;
  expect(of(13, [10, 10])).toBeNull();
  expect(of(14, [10, 10])).toBe('length_cue');
  expect(of(4, [1, 1])).toBeNull();
  expect(of(5, [10, 12])).toBeNull();
  expect(of(4, [10, 12])).toBe('length_cue');
});
