import { describe, expect, it } from 'vitest';
import type { Question } from '../schema.ts';
import { question, topic } from '../topics.fixture.ts';
import { findCues, letterCounts } from './cues.ts';

const keyed = (key: number, options = ['a', 'b', 'c', 'd']): Question =>
  question('t', `q${key}`, options, key);
const quiz = (title: string, keys: readonly number[]) =>
  topic(title, [], { quiz: keys.map((key) => keyed(key)) });

describe('the key letters', () => {
  it('are counted and tested against equal shares', () => {
    const { counts, test } = letterCounts([0, 1, 1, 1].map((key) => keyed(key)));
    expect(counts.map(({ letter, count }) => `${letter}${count}`)).toEqual(['A1', 'B3', 'C0', 'D0']);
    expect(test).toMatchObject({ statistic: 6, df: 3 });
  });

  it('expect nothing of a letter where a question has no such option', () => {
    // Two questions of two options and two of four: A and B are expected 1.5 times, C and D 0.5 times.
    const short = ['a', 'b'];
    const questions = [keyed(0, short), keyed(1, short), keyed(2), keyed(3)];
    expect(letterCounts(questions).test?.statistic).toBeCloseTo(2 * (0.25 / 1.5 + 0.25 / 0.5), 10);
  });

  it('have no test without questions', () => {
    expect(letterCounts([])).toEqual({ counts: [], test: null });
  });
});

describe('the cues', () => {
  it('tell topics of one letter and of two', () => {
    const cues = findCues([
      quiz('All B', [1, 1, 1]),
      quiz('B and C', [1, 2, 1]),
      quiz('Mixed', [0, 1, 2]),
      quiz('One', [3]),
    ]);
    expect(cues.oneLetterTopics).toEqual([{ topic: 'all-b', letter: 'B' }]);
    expect(cues.twoLetterTopics).toEqual([{ letters: 'BC', count: 2 }]);
  });

  it('count keys that are longest, only longest, shortest', () => {
    const options = ['long', 'long', 'abc', 'x'];
    const keys = [0, 1, 2, 3].map((key) => keyed(key, options));
    const cues = findCues([topic('T', [], { quiz: [...keys, keyed(0, ['longest', 'x'])] })]);
    expect(cues).toMatchObject({ keyLongest: 3, keyStrictlyLongest: 1, keyShortest: 1 });
    expect(cues.meanKeyLength).toBeCloseTo((4 + 4 + 3 + 1 + 7) / 5);
    expect(cues.meanDistractorLength).toBeCloseTo((8 + 8 + 9 + 11 + 1) / 13);
  });

  it('name the topics that the longest option passes', () => {
    const win = topic('Win', [], { quiz: [keyed(1, ['a', 'bb']), keyed(0, ['aaa', 'bb'])] });
    const tie = topic('Tie', [], { quiz: [keyed(1, ['aa', 'bb'])] });
    expect(findCues([win, tie, topic('Empty', [])]).longestPerfect).toEqual(['win']);
  });
});
