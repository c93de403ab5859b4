import { describe, expect, it } from 'vitest';
import { question } from '../topics.fixture.ts';
import { runBots } from './bots.ts';
import { letterCounts } from './cues.ts';
import { gatesOf } from './gates.ts';

/** Gates of questions with these keys; the key is as long as the distractors unless told. */
function gates(
  keys: readonly number[],
  options = ['one', 'two', 'six', 'ten'],
  found: [string, number][] = [],
) {
  const questions = keys.map((key, i) => question('t', `q${i}?`, options, key));
  const all = gatesOf({
    questions: questions.length,
    chance: 1 / options.length,
    letters: letterCounts(questions).counts,
    bots: runBots(questions),
    counts: new Map(found),
    duplicates: [],
  });
  return new Map(all.map((gate) => [gate.gate, gate]));
}

const balanced = Array.from({ length: 40 }, (_, i) => i % 4);

describe('the gates', () => {
  it('all pass on a balanced quiz without cues', () => {
    expect([...gates(balanced).values()].every(({ ok }) => ok)).toBe(true);
  });

  it('refuse a letter that is the key in more than 40 %', () => {
    const letter = gates([...balanced, ...Array.from({ length: 20 }, () => 1)]).get('key_letters');
    expect(letter).toMatchObject({ value: 0.5, limit: 0.4, ok: false });
    expect(letter?.why).toContain('B is the key');
  });

  it('refuse a quiz that falls to the longest option', () => {
    const result = gates(
      balanced.map((key) => (key === 3 ? 0 : key)),
      ['longest', 'two', 'six', 'ten'],
    );
    expect(result.get('longest_option')).toMatchObject({ value: 0.5, limit: 0.35, ok: false });
  });

  it('refuse any bot of form whose interval lies above 40 %', () => {
    const shortest = gates(
      balanced.map((key) => (key === 3 ? 0 : key)),
      ['a', 'two', 'six', 'ten'],
    );
    expect(shortest.get('form_bots')).toMatchObject({ ok: true });
    const all = gates(
      Array.from({ length: 40 }, () => 0),
      ['a', 'two', 'six', 'ten'],
    ).get('form_bots');
    expect(all).toMatchObject({ ok: false });
    expect(all?.why).toContain('shortest');
  });

  it('do not judge shares of fewer than 20 questions, and grow with chance', () => {
    expect(gates([1, 1, 1]).get('key_letters')).toMatchObject({ value: 1, ok: true });
    const two = gates(
      balanced.map((key) => key % 2),
      ['one', 'two'],
    );
    expect(two.get('key_letters')).toMatchObject({ value: 0.5, limit: 0.8, ok: true });
  });

  it.each([
    ['literal_escape', 'escapes'],
    ['doubled_backslash', 'escapes'],
    ['equal_options', 'equal_options'],
    ['outside_source', 'outside_sources'],
    ['empty_quiz', 'empty_quizzes'],
  ])('refuse a single %s', (kind, gate) => {
    expect(gates(balanced, undefined, [[kind, 1]]).get(gate)).toMatchObject({ value: 1, ok: false });
  });
});
