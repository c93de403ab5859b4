import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDisk } from '../../harness/store/keys.ts';
import { readJudgement } from './grammar.ts';
import { rubrics } from './rubrics.ts';

const { dimensions } = rubrics.paper;

const all = (score: unknown) => toDisk(Object.fromEntries(dimensions.map((name) => [name, score])));
const scoresOf = (reply: string) => {
  const read = readJudgement(reply, rubrics.paper);
  return read.ok ? Object.values(read.judgement).map(({ score }) => score) : read.problem;
};

describe('a judgement', () => {
  it.each([
    ['numbers', all(14), 14],
    ['fractions', all(14.5), 14.5],
    ['strings', all('7'), 7],
    ['strings out of twenty', all('7/20'), 7],
    ['objects', all({ score: 20, reason: 'clear', time_s: 3.5 }), 20],
    ['objects with more in them', all({ score: '0/20', confidence: 1 }), 0],
  ])('of %s is read', (_, object, score) => {
    const text = JSON.stringify(object);
    for (const reply of [
      text,
      `\`\`\`json\n${text}\n\`\`\``,
      `<think>20?</think>${text}`,
      `Here:\n\`\`\`\n${text}\n\`\`\`\nDone.`,
    ])
      expect(scoresOf(reply)).toEqual(dimensions.map(() => score));
  });

  it('keeps reasons and moments', () => {
    const read = readJudgement(
      JSON.stringify(all({ score: 3, reason: 'a text lies on another', time_s: 12 })),
      rubrics.paper,
    );
    expect(read.ok && read.judgement.logicFlow).toEqual({
      score: 3,
      reason: 'a text lies on another',
      timeS: 12,
    });
  });

  it.each([
    ['out of range', all(21), /element_layout: 21 is no score/],
    ['below nothing', all(-1), /-1 is no score/],
    ['a percentage', all('70%'), /"70%" is no score/],
    ['out of a hundred', all('70/100'), /is no score/],
    ['a word', all('good'), /is no score/],
    ['null', all(null), /null is no score/],
    ['a list', all([10]), /is no score/],
    ['infinite', all('1e999'), /is no score/],
    [
      'a missing dimension',
      { element_layout: 10, attractiveness: 10, visual_consistency: 10, accuracy_depth: 10 },
      /logic_flow: it is missing/,
    ],
  ])('%s is none, and nothing is repaired', (_, object, problem) => {
    expect(scoresOf(JSON.stringify(object))).toMatch(problem);
  });

  it.each([
    '',
    'Great video, 18/20 for layout.',
    '[10, 10, 10, 10, 10]',
    '{"element_layout": 10',
    '```\n{}\n```\n```\n{}\n```',
    'null',
  ])('%j is none', (reply) => {
    expect(readJudgement(reply, rubrics.paper).ok).toBe(false);
  });

  it('never throws, and never gives a score out of range', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (reply) => {
        const read = readJudgement(reply, rubrics.paper);
        return !read.ok || Object.values(read.judgement).every(({ score }) => score >= 0 && score <= 20);
      }),
    );
  });
});
