import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = join(import.meta.dirname, 'topics');
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .sort();

const letters = ['A', 'B', 'C', 'D'] as const;

/** A topic as this dataset writes it: stricter than the loader, which also takes quizzes from elsewhere. */
const topicSchema = z.strictObject({
  title: z.string().min(1),
  category: z.enum([
    'Calculus',
    'Linear Algebra',
    'Probability',
    'Computer Science',
    'Physics',
    'Geometry',
    'Neural Networks',
    'Number Theory',
  ]),
  language: z.literal('en'),
  quiz: z.array(
    z.strictObject({
      stem: z.string().min(1),
      options: z.array(z.string().min(1)),
      key: z.enum(letters),
      needs: z.enum(['seeing', 'text']),
      seen: z.string().min(1),
    }),
  ),
});
type Topic = z.infer<typeof topicSchema>;
type Item = Topic['quiz'][number];

const load = (file: string) => topicSchema.parse(parse(readFileSync(join(folder, file), 'utf8')));

/** Does the longest option, the first one on ties, happen to be the right one? */
function longestIsRight({ options, key }: Item): boolean {
  const lengths = options.map((option) => option.length);
  return lengths.indexOf(Math.max(...lengths)) === letters.indexOf(key);
}

describe.each(files)('the topic in %s', (file) => {
  it('has ten questions with four distinct options each', () => {
    const { quiz } = load(file);
    expect(quiz).toHaveLength(10);
    for (const { stem, options } of quiz) {
      expect(options, stem).toHaveLength(4);
      expect(new Set(options.map((option) => option.trim().toLowerCase())).size, stem).toBe(4);
    }
    expect(new Set(quiz.map(({ stem }) => stem)).size).toBe(10);
  });

  it('has each letter as the key two or three times', () => {
    const { quiz } = load(file);
    for (const letter of letters) {
      const times = quiz.filter(({ key }) => key === letter).length;
      expect([2, 3], `${letter} is the key ${times} times`).toContain(times);
    }
  });

  it('gives at most 3 of 10 answers away by length', () => {
    const given = load(file).quiz.filter(longestIsRight);
    expect(given.length, given.map(({ stem }) => stem).join('\n')).toBeLessThanOrEqual(3);
  });

  it('asks about the subject, never about a video, a lesson or an animation', () => {
    for (const { stem } of load(file).quiz) expect(stem).not.toMatch(/video|lesson|animation|animated/i);
  });
});

describe('all topics together', () => {
  it('are at least eight, in at least four categories, with titles that differ', () => {
    const topics = files.map(load);
    expect(topics.length).toBeGreaterThanOrEqual(8);
    expect(new Set(topics.map(({ category }) => category)).size).toBeGreaterThanOrEqual(4);
    expect(new Set(topics.map(({ title }) => title)).size).toBe(topics.length);
  });

  it('are not beaten by picking the longest option: at most 35 % right', () => {
    const quiz = files.flatMap((file) => load(file).quiz);
    expect(quiz.length).toBeGreaterThan(0);
    expect(quiz.filter(longestIsRight).length / quiz.length).toBeLessThanOrEqual(0.35);
  });
});
