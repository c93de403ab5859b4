import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { question, topic } from '../topics.fixture.ts';
import { duplicateQuestions, duplicateTitles, similarPairs } from './duplicates.ts';

const of = (title: string, ...items: [string, string[]?][]) =>
  topic(title, [], { quiz: items.map(([stem, options]) => question(title, stem, options)) });

describe('duplicate questions', () => {
  it('are exact whatever the case, punctuation and order of options', () => {
    const pairs = duplicateQuestions([
      of('One', ['What is a basis?', ['A set.', 'a map', 'a sum']]),
      of('Two', ['What is a Basis', ['A map', 'a sum', 'a set']]),
    ]);
    expect(pairs).toMatchObject([
      { a: { topic: 'one', question: 1 }, b: { topic: 'two', question: 1 }, exact: true, stem: 1, whole: 1 },
    ]);
  });

  it('are near when a long stem differs in a word', () => {
    const stem = (word: string) =>
      `Which of the following best describes ${word} under a linear map of the real plane?`;
    const pairs = duplicateQuestions([of('One', [stem('area'), ['p', 'q']], [stem('length'), ['r', 's']])]);
    expect(pairs).toMatchObject([{ a: { question: 1 }, b: { question: 2 }, exact: false }]);
    expect(pairs[0]?.stem).toBeCloseTo(12 / 14);
  });

  it('are not what only looks alike: another sign, another number, half of the words', () => {
    const pairs = duplicateQuestions([
      of(
        'One',
        ['What is 2 + 2?', ['4', '5']],
        ['What is 2 - 2?', ['4', '5']],
        ['What is 2 * 3?', ['6', '5']],
      ),
      of('Two', ['Which rule gives the slope?', ['a', 'b']], ['Which rule gives the area?', ['c', 'd']]),
    ]);
    expect(pairs).toEqual([]);
  });

  it('are all found by the index: as many as by comparing every pair', () => {
    const sets = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 8 }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(sets, fc.constantFrom(0.4, 0.5, 0.8, 0.85, 1), (lists, threshold) => {
        const all = lists.map((list) => new Set(list));
        const expected = all.flatMap((b, j) =>
          all.slice(0, j).flatMap((a, i) => {
            const shared = a.intersection(b).size;
            return shared > 0 && shared / (a.size + b.size - shared) >= threshold ? [`${i} ${j}`] : [];
          }),
        );
        const found = similarPairs(all, threshold).map(([i, j]) => `${i} ${j}`);
        expect(found.sort()).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('are found among 5,000 questions without comparing all pairs', () => {
    const word = (n: number) => `w${(n * 7919) % 4001}`;
    const topics = Array.from({ length: 1000 }, (_, t) =>
      of(
        `Topic ${t}`,
        ...Array.from({ length: 5 }, (_, q): [string, string[]] => {
          const n = t * 5 + q;
          return [
            `Which of these is ${word(n)} of the ${word(n * 3 + 1)} in a ${word(n * 5 + 2)}?`,
            [word(n + 9), 'none of them'],
          ];
        }),
      ),
    );
    const start = process.cpuUsage();
    expect(duplicateQuestions(topics).every(({ stem }) => stem >= 0.85)).toBe(true);
    const { user } = process.cpuUsage(start);
    expect(user / 1e6).toBeLessThan(3);
  });
});

describe('duplicate titles', () => {
  it('are equal but for case and punctuation', () => {
    const same = [topic('Change of basis'), topic('Change of Basis!', [], { slug: 'other' }), topic('Bases')];
    expect(duplicateTitles(same)).toEqual([['change-of-basis', 'other']]);
  });
});
