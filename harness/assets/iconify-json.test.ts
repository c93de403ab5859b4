import { describe, expect, it, test } from 'vitest';
import { openIconifyJson } from './iconify-json.ts';
import { IconIndex } from './rank.ts';

const { signal } = new AbortController();
const icon = (name: string, aliases: string[] = [], tags: string[] = []) => ({ name, aliases, tags });

describe('the icon that answers', () => {
  const first = [icon('home-heart'), icon('house', ['home', 'cabin-in-snow']), icon('tree-2')];
  const second = [
    icon('home'),
    icon('tree'),
    icon('wind-power', [], ['Energy']),
    icon('coal', [], ['Energy']),
  ];
  const index = new IconIndex([first, second, [icon('tree'), icon('home-away-from-it-all')]]);

  it.each([
    ['an exact name goes before an alias, in whatever set', 'home', { set: 1, name: 'home', grade: 'name' }],
    ['between equals the earlier set wins', 'tree', { set: 1, name: 'tree', grade: 'name' }],
    ['words stand in any order, number and case', 'Hearts of HOME', { name: 'home-heart', grade: 'name' }],
    ['an alias goes before words of a name', 'cabin in snow', { name: 'house', grade: 'alias' }],
    ['all words are in the name', 'heart', { name: 'home-heart', grade: 'words of the name' }],
    ['all words are in an alias', 'snow', { name: 'house', grade: 'words of an alias' }],
    ['some words are in the tags', 'wind energy', { name: 'wind-power', grade: 'tags' }],
  ])('%s', (_, query, expected) => expect(index.best(query)).toMatchObject(expected));

  it.each([
    ['a word that nothing has', 'home zebra'],
    ['a tag alone', 'energy'],
    ['a name with many other words', 'away'],
    ['nothing asked for', ' !'],
    ['another script', '病院'],
  ])('none for %s', (_, query) => expect(index.best(query)).toBeNull());
});

test('icons come with the licence and author of their set, the same for the same words', async () => {
  const source = openIconifyJson();
  const expected = {
    stethoscope: ['Tabler Icons', 'MIT'],
    'test tube': ['Material Design Icons', 'Apache-2.0'],
    'light bulb': ['OpenMoji', 'CC-BY-SA-4.0'],
  };
  for (const [query, [set, spdx]] of Object.entries(expected)) {
    const found = await source.find(query, signal);
    expect(found).toMatchObject({ source: { set }, licence: { spdx } });
    expect(found?.licence.url).toMatch(/^https:/);
    expect(found?.source.author).not.toBe('');
    expect(found?.source.url).toMatch(/^https:\/\/icon-sets\.iconify\.design\/(tabler|mdi|openmoji)\//);
    expect(found?.svg).toContain('viewBox="0 0 ');
    expect(await openIconifyJson().find(query, signal)).toEqual(found);
  }
  expect(await source.find('flying spaghetti monster', signal)).toBeNull();
  const ended = AbortSignal.abort();
  await expect(source.find('stethoscope', ended)).rejects.toBe(ended.reason);
});
