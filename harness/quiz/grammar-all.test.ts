import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswers } from './grammar-all.ts';

const questions = [{ options: ['a', 'b', 'c'] }, { options: ['yes', 'no'] }];
const read = (reply: string) =>
  readAnswers(reply, questions)?.map((reading) =>
    reading.kind === 'letter' ? reading.letter : reading.kind,
  ) ?? null;

test.each([
  ['{"answers":[{"question":1,"answer":"B"},{"question":2,"answer":null}]}', ['B', 'abstain']],
  ['{"answers":[{"question":2,"answer":"b"},{"question":1,"answer":"NULL"}]}', ['abstain', 'B']],
  ['```json\n{"1": "C", "2": "A"}\n```', ['C', 'A']],
  ['{"1": "C"}', ['C', 'invalid']],
  ['{"1": "A or B", "2": "C"}', ['invalid', 'invalid']],
  [
    '{"answers":[{"question":1,"answer":"A"},{"question":1,"answer":"B"},{"question":2,"answer":"A"}]}',
    ['invalid', 'A'],
  ],
  ['{"answers":[{"question":1,"answer":"A"},{"question":1,"answer":"A"}]}', ['A', 'invalid']],
  ['1: B\n2: NULL', ['B', 'abstain']],
  ['1. (c)\n2) **a**', ['C', 'A']],
  ['<think>1: A\n2: A</think>1: B\n2: B', ['B', 'B']],
  ['I would say B and A.', ['invalid', 'invalid']],
  ['["B","A"]', ['invalid', 'invalid']],
  ['<think>1: A', null],
  ['  ', null],
])('reads %j as %j', (reply, expected) => {
  expect(read(reply)).toEqual(expected);
});

test('whatever a model says, each question has a letter that was shown, abstain or invalid, and nothing throws', () => {
  const json = fc.json().map((text) => text);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), json), (reply) => {
      const readings = readAnswers(reply, questions);
      if (readings === null) return true;
      return (
        readings.length === 2 &&
        readings.every((reading, i) => reading.kind !== 'letter' || reading.letter < (['D', 'C'][i] ?? ''))
      );
    }),
  );
});
