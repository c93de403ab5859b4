import { expect, test } from 'vitest';
import { questionsShown } from './quiz-shown.ts';

const screen = (text: string) => ({
  timeS: 1,
  words: text.split(' ').map((word) => ({
    ...{ text: word, confidence: 1, x: 0, y: 0, width: 0.1, height: 0.1, contrast: 10 },
  })),
});
const stem = 'How many comparisons does binary search need for a thousand items at most?';

test('a question on one frame is found, one wrong word of OCR excepted', () => {
  expect(questionsShown([{ stem }], [screen(`Quiz: ${stem} A) ten`)])).toEqual([stem]);
  const long = `${stem} Assume that the list is sorted and that every comparison halves what is left of it.`;
  expect(questionsShown([{ stem: long }], [screen(long.replace('halves', 'haves'))])).toEqual([long]);
});

test('a lesson in other words, or one that says it over several frames, does not show it', () => {
  const lesson = 'Binary search halves a sorted list: a thousand items need ten comparisons at most';
  expect(questionsShown([{ stem }], [screen(lesson)])).toEqual([]);
  expect(
    questionsShown(
      [{ stem }],
      [screen('How many comparisons does'), screen('binary search need for a thousand')],
    ),
  ).toEqual([]);
});

test('a lesson that works the very example of a question does not ask it', () => {
  const asked = 'What is the greatest common divisor of 48 and 18?';
  expect(
    questionsShown([{ stem: asked }], [screen('The greatest common divisor of 48 and 18 is 6')]),
  ).toEqual([]);
  expect(questionsShown([{ stem: asked }], [screen(`Test yourself: ${asked}`)])).toEqual([asked]);
});

test('a stem of a few words proves nothing', () => {
  expect(questionsShown([{ stem: 'What is a matrix?' }], [screen('What is a matrix?')])).toEqual([]);
});
