import { expect, test } from 'vitest';
import { dataset, question, topic } from '../topics.fixture.ts';
import { describeDiff, diffDatasets } from './diff.ts';

const one = topic('One', ['Q1?', 'Q2?']);
const two = topic('Two', ['Q3?']);

test('equal datasets do not differ', () => {
  const diff = diffDatasets(dataset([one, two]), dataset([structuredClone(one), two]));
  expect(diff).toEqual({ added: [], removed: [], changes: [] });
  expect(describeDiff(diff)).toBe('no difference');
});

test('changed fields are named by topic, question and option', () => {
  const [first, second] = one.quiz;
  if (!first || !second) throw new Error('the fixture has two questions');
  const mended = { ...first, options: ['one', 'zwei', 'three'], key: 0, notes: 'checked' };
  const after = { ...one, category: null, quiz: [mended, second] };
  expect(
    diffDatasets(dataset([one]), dataset([after])).changes.map(({ question: _, ...rest }) => rest),
  ).toEqual([
    { topic: 'one', field: 'category', before: 'Calculus', after: null },
    { topic: 'one', field: 'option B', before: 'two', after: 'zwei' },
    { topic: 'one', field: 'option D', before: 'four', after: null },
    { topic: 'one', field: 'key', before: 1, after: 0 },
    { topic: 'one', field: 'notes', before: null, after: 'checked' },
  ]);
});

test('added and removed topics and questions, and other orders, are told', () => {
  const three = topic('Three', ['Q4?']);
  const [first] = one.quiz;
  if (!first) throw new Error('the fixture has two questions');
  const added = question(one.id, 'Q5?');
  const diff = diffDatasets(dataset([one, two]), dataset([three, { ...one, quiz: [added, first] }]));
  expect(diff.added.map(({ text }) => text)).toEqual(['Three', 'Q4?', 'Q5?']);
  expect(diff.removed.map(({ text }) => text)).toEqual(['Two', 'Q3?', 'Q2?']);
  expect(diff.changes).toEqual([]);
  const swapped = diffDatasets(dataset([one, two]), dataset([two, one]));
  expect(swapped.changes).toEqual([
    { topic: '', question: null, field: 'order', before: [one.id, two.id], after: [two.id, one.id] },
  ]);
});

test('the text shows what would act on a terminal as escapes', () => {
  const after = { ...one, title: 'One\u202E\u001b[31m' };
  expect(describeDiff(diffDatasets(dataset([one]), dataset([after, two])))).toBe(
    [
      '2 added, 0 removed, 1 changed',
      '+ two: "Two"',
      `+ two ${two.quiz[0]?.id}: "Q3?"`,
      '~ one: title',
      '    was "One"',
      '    is  "One\\u202e\\u001b[31m"',
    ].join('\n'),
  );
});
