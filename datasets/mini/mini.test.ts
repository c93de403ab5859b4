import { describe, expect, it } from 'vitest';
import { loadDataset } from '../load.ts';
import type { Question } from '../schema.ts';

const { topics } = await loadDataset('mini');
const letters = [0, 1, 2, 3];

/** Does the longest option, the first one on ties, happen to be the right one? */
function longestIsRight({ options, key }: Question): boolean {
  const lengths = options.map((option) => option.length);
  return lengths.indexOf(Math.max(...lengths)) === key;
}

describe.each(topics)('the topic $slug', ({ quiz, language }) => {
  it('has ten English questions with four distinct options each', () => {
    expect(language).toBe('en');
    expect(quiz).toHaveLength(10);
    for (const { stem, options } of quiz) {
      expect(options, stem).toHaveLength(4);
      expect(new Set(options.map((option) => option.trim().toLowerCase())).size, stem).toBe(4);
    }
    expect(new Set(quiz.map(({ stem }) => stem)).size).toBe(10);
  });

  it('says of each question what must be seen to answer it', () => {
    for (const { tags, notes, stem } of quiz) {
      expect(
        tags.filter((tag) => ['needs-seeing', 'needs-text'].includes(tag)),
        stem,
      ).toHaveLength(1);
      expect(notes, stem).toMatch(/\w/);
    }
  });

  it('has each letter as the key two or three times', () => {
    for (const letter of letters) {
      const times = quiz.filter(({ key }) => key === letter).length;
      expect([2, 3], `option ${letter} is the key ${times} times`).toContain(times);
    }
  });

  it('gives at most 3 of 10 answers away by length', () => {
    const given = quiz.filter(longestIsRight);
    expect(given.length, given.map(({ stem }) => stem).join('\n')).toBeLessThanOrEqual(3);
  });

  it('asks about the subject, never about a video, a lesson or an animation', () => {
    for (const { stem } of quiz) expect(stem).not.toMatch(/video|lesson|animation|animated/i);
  });
});

describe('all topics together', () => {
  it('are at least eight, in at least four categories, with titles that differ', () => {
    expect(topics.length).toBeGreaterThanOrEqual(8);
    expect(new Set(topics.map(({ category }) => category)).size).toBeGreaterThanOrEqual(4);
    expect(new Set(topics.map(({ title }) => title)).size).toBe(topics.length);
  });

  it('are not beaten by picking the longest option: at most 35 % right', () => {
    const quiz = topics.flatMap((topic) => topic.quiz);
    expect(quiz.filter(longestIsRight).length / quiz.length).toBeLessThanOrEqual(0.35);
  });
});
