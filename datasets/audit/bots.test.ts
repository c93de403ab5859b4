import { describe, expect, it } from 'vitest';
import { question } from '../topics.fixture.ts';
import { keyIsLongest, lengthCue, overlapPick, runBots, specificity } from './bots.ts';

const ask = (stem: string, options: readonly string[], key: number) => question('topic', stem, options, key);
const of = (name: string, questions: Parameters<typeof runBots>[0]) =>
  runBots(questions).find((bot) => bot.name === name);

describe('the bots', () => {
  it('name every letter that occurs as an option, and no further', () => {
    const names = runBots([ask('a?', ['x', 'y'], 0), ask('b?', ['x', 'y', 'z'], 2)]).map(({ name }) => name);
    expect(names).toEqual([
      'always-A',
      'always-B',
      'always-C',
      'longest',
      'shortest',
      'stem-overlap',
      'most-specific',
    ]);
  });

  it('are right as often as their letter is the key', () => {
    const questions = [ask('a?', ['x', 'y'], 0), ask('b?', ['x', 'y'], 0), ask('c?', ['x', 'y'], 1)];
    expect(of('always-A', questions)).toMatchObject({ right: 2, n: 3 });
    expect(of('always-B', questions)?.accuracy).toBeCloseTo(1 / 3);
    expect(of('always-A', questions)?.interval?.low).toBeCloseTo(0.2077, 3);
  });

  it('pick the first of the longest and the first of the shortest', () => {
    const tie = [ask('a?', ['xx', 'yy', 'z', 'w'], 0), ask('b?', ['xx', 'yy', 'z', 'w'], 1)];
    expect(of('longest', tie)?.right).toBe(1);
    expect(of('shortest', [ask('a?', ['xx', 'yy', 'z', 'w'], 2)])?.right).toBe(1);
  });

  it('are also scored where the key is longest and where not, both weighted equally', () => {
    const questions = [
      ask('a?', ['long one', 'x'], 0),
      ask('b?', ['long one', 'x'], 0),
      ask('c?', ['long one', 'x'], 1),
    ];
    const longest = of('longest', questions);
    expect(longest?.keyLongest).toMatchObject({ right: 2, n: 2 });
    expect(longest?.keyNotLongest).toMatchObject({ right: 0, n: 1 });
    expect(longest?.stratified).toBe(0.5);
    expect(of('longest', questions.slice(0, 2))?.stratified).toBeNull();
  });

  it('have no accuracy without questions', () => {
    expect(of('longest', [])).toMatchObject({ n: 0, accuracy: null, interval: null });
  });
});

describe('the overlap with the stem', () => {
  it('counts content words, plurals folded, and is nothing when not unique', () => {
    expect(
      overlapPick({
        stem: 'What do the eigenvalues of a matrix scale?',
        options: ['A sum', 'One eigenvalue'],
      }),
    ).toBe(1);
    expect(overlapPick({ stem: 'What is a matrix?', options: ['A matrix', 'The matrix'] })).toBeNull();
    expect(overlapPick({ stem: 'What is the answer?', options: ['Of the', 'By what'] })).toBeNull();
  });
});

describe('cues of one question', () => {
  it('the length cue is key over longest distractor', () => {
    expect(lengthCue(ask('a?', ['12345678', '1234', '12'], 0))).toBe(2);
    expect(lengthCue(ask('a?', ['12345678', '1234', '12'], 1))).toBe(0.5);
    expect(keyIsLongest(ask('a?', ['ab', 'cd'], 1))).toBe(true);
  });

  it('an option is specific by its share of numbers, signs and names', () => {
    expect(specificity('Grows by 25 percent')).toBe(0.25);
    expect(specificity('A theorem of Euler')).toBe(0.25);
    expect(specificity('It grows slowly')).toBe(0);
    expect(specificity('x^2 = 4')).toBe(1);
  });
});
