import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../harness/testing/folder.ts';
import { selectTopics } from './select.ts';
import { dataset, topic } from './topics.fixture.ts';

const named = (title: string, category: string) => topic(title, [], { category, aliases: [`${title}_safe`] });
const data = dataset([
  ...Array.from({ length: 12 }, (_, i) => named(`Limits ${i}`, 'Calculus')),
  ...Array.from({ length: 6 }, (_, i) => named(`Knots ${i}`, 'Topology')),
  ...Array.from({ length: 2 }, (_, i) => named(`Is it (a|b)* ${i}?`, 'Puzzles')),
]);
const titles = (selection: Parameters<typeof selectTopics>[1]) =>
  selectTopics(data, selection).map(({ title }) => title);

test('golden: a topic is found by id, slug, title or other name, in the order asked', () => {
  const id = data.topics[3]?.id ?? '';
  expect(titles({ names: ['knots-1', id, 'Limits 0', 'Knots 5_safe'] })).toEqual([
    'Knots 1',
    'Limits 3',
    'Limits 0',
    'Knots 5',
  ]);
});

test('a glob finds many; a title that looks like a glob means itself', () => {
  expect(titles({ names: ['knots-*'] })).toHaveLength(6);
  expect(titles({ names: ['LIMITS ?'] })).toHaveLength(10);
  expect(titles({ names: ['Is it (a|b)* 0?'] })).toEqual(['Is it (a|b)* 0?']);
});

test('everything that does not exist is named at once', () => {
  expect(() => titles({ names: ['nope', 'knots-1', 'neither*'] })).toThrow(/no topic nope, neither\*/);
  expect(() => titles({ categories: ['Knitting'] })).toThrow(/no category Knitting/);
});

test('a sample takes each category by its share and is the same each time for one seed', () => {
  const count = (category: string) =>
    selectTopics(data, { sample: 10, seed: 1 }).filter((t) => t.category === category).length;
  expect([count('Calculus'), count('Topology'), count('Puzzles')]).toEqual([6, 3, 1]);
  expect(titles({ sample: 10, seed: 1 })).toEqual(titles({ sample: 10, seed: 1 }));
  expect(titles({ sample: 10, seed: 1 })).not.toEqual(titles({ sample: 10, seed: 2 }));
  expect(() => titles({ sample: 21 })).toThrow(/cannot be drawn from 20/);
  expect(() => titles({ sample: Number.NaN })).toThrow(/a sample of NaN cannot be drawn/);
  expect(() => titles({ sample: 2, seed: Number.NaN })).toThrow(/is no seed/);
});

test('a frozen list file names topics, with comments', () => {
  const list = join(testFolder(), 'list.txt');
  writeFileSync(list, '\uFEFF# the ones we can afford\r\nknots-0  # first\r\n\r\nLimits 2\r\n');
  expect(titles({ list })).toEqual(['Knots 0', 'Limits 2']);
  expect(titles({ list, categories: ['topology'] })).toEqual(['Knots 0']);
  expect(() => titles({ list: join(list, '..') })).toThrow(/cannot read the list .*EISDIR/);
});
