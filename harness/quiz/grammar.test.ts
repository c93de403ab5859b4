import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from './grammar.ts';
import { readAnswers } from './grammar-all.ts';

const options = ['nine', 'ten', 'eleven', 'a prime number'];
const read = (reply: string) => {
  const reading = readAnswer(reply, options);
  return reading === null ? null : reading.kind === 'letter' ? reading.letter : reading.kind;
};

test.each([
  ['{"answer":"B"}', 'B'],
  ['{"answer":"b","why":"A) is wrong"}', 'B'],
  ['{"answer":null}', 'abstain'],
  ['{"answer":"NULL"}', 'abstain'],
  ['{"answer":"E"}', 'invalid'],
  ['{"answer":["A"]}', 'invalid'],
  ['Here it is:\n```json\n{"answer": "C"}\n```', 'C'],
  ['```\n{"answer":"A"}\n```\n```\n{"answer":"B"}\n```', 'invalid'],
  ['EVIDENCE_STATUS: INSUFFICIENT\nANSWER: NULL\nA triangle has three sides.', 'abstain'],
  ['answer: d', 'D'],
  ['**ANSWER:** (C).', 'C'],
  ['ANSWER: A\nANSWER: B', 'invalid'],
  ['ANSWER: A\nThen again\nANSWER: A', 'A'],
  ['ANSWER: A or B', 'invalid'],
  ['(c)', 'C'],
  ['"abstain"', 'abstain'],
  ['ten', 'B'],
  ['a prime  number', 'D'],
  ['A or B', 'invalid'],
  ['Not A, so C', 'invalid'],
  ['(A|B|C|D) -> C', 'invalid'],
  ['The answer is B.', 'invalid'],
  ['<think>ANSWER: A</think>ANSWER: C', 'C'],
  ['<think>it may be A', null],
  ['   ', null],
  ['{"answer":"A"', 'invalid'],
])('reads %j as %j', (reply, expected) => {
  expect(read(reply)).toBe(expected);
});

test('a letter beyond the options shown is invalid', () => {
  expect(readAnswer('C', ['yes', 'no'])).toEqual({ kind: 'invalid' });
});

test('whatever a model says, the reading is a shown letter, abstain, invalid or none, and never throws', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.integer({ min: 2, max: 6 }),
      (reply, count) => {
        const reading = readAnswer(
          reply,
          Array.from({ length: count }, (_, i) => `option ${i}`),
        );
        if (reading?.kind !== 'letter')
          return reading === null || ['abstain', 'invalid'].includes(reading.kind);
        return reading.letter >= 'A' && reading.letter < String.fromCharCode(65 + count);
      },
    ),
  );
});

test.each(['\n', ' ', '`', '```', '<think>', '</think>', 'ANSWER: A\n', '*', '{', '1: A\n', '#> ', '!'])(
  'five megabytes of %j are read like anything else, in time that grows with their length',
  (sign) => {
    const reply = `${sign.repeat(5e6 / sign.length)}x`;
    expect([null, 'letter', 'abstain', 'invalid']).toContain(readAnswer(reply, options)?.kind ?? null);
    expect(readAnswers(reply, [{ options }])?.length ?? 1).toBe(1);
  },
);
