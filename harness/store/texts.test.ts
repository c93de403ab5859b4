import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { TextReader, TextStore } from './texts.ts';

test('texts come back by hash, are stored once, and are found by a later process', () => {
  using folder = temporaryFolder();
  const store = new TextStore(folder.path, 'a');
  const long = 'wörter und\nZeilen '.repeat(1000);
  const hash = store.put(long);
  expect(store.put(long)).toBe(hash);
  const other = store.put('');
  expect(store.get(hash)).toBe(long);
  store.close();
  const size = readFileSync(join(folder.path, 'a.txt')).length;
  expect(size).toBeLessThan(long.length / 10);
  const later = new TextStore(folder.path, 'b');
  expect(later.put(long)).toBe(hash);
  expect(later.get(other)).toBe('');
  later.close();
});

test('a torn last text is passed over, a missing or changed one is said to be so', () => {
  using folder = temporaryFolder();
  const store = new TextStore(folder.path, 'a');
  const first = store.put('first');
  const second = store.put('second');
  store.close();
  const [name = ''] = readdirSync(folder.path);
  const path = join(folder.path, name);
  truncateSync(path, readFileSync(path).length - 3);
  const reader = new TextReader(folder.path);
  expect(reader.get(first)).toBe('first');
  expect(() => reader.get(second)).toThrow(/no text/);
  writeFileSync(path, readFileSync(path, 'latin1').replace(/ \S{6}/, ' S0ktKk'), 'latin1');
  expect(() => new TextReader(folder.path).get(first)).toThrow();
});
