import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testFolder } from '../../harness/testing/folder.ts';
import { Problems } from '../problems.ts';
import { JsonPlaces } from './json-places.ts';
import { readText } from './text.ts';

function read(text: string) {
  const problems = new Problems();
  const json = new JsonPlaces({ path: 'f.json', text, damaged: false }, problems);
  const value = json.root && json.value(json.root);
  return { value, json, problems: problems.settle(true).map(({ where, message }) => `${where}: ${message}`) };
}

test.each([
  ['{"a": [1,\n 2 "b"]}', 'f.json:2:4: expected a comma, found "\\"b\\"]}"'],
  ['[1, 2', 'f.json:1:6: expected a closing bracket ], found the end of the file'],
  ['["a\n"]', 'f.json:1:2: expected a closing double quote, found "\\"a"'],
  ['[1,]', 'f.json:1:4: expected a value, found "]"'],
  ['\uFEFF[]', 'f.json:1:1: expected JSON, found a byte order mark, which JSON does not have'],
  ['{"a": 1,\n "a": 2}', 'f.json:2:2: "a" occurs twice here'],
  ['', 'f.json:1:1: expected a value, found the end of the file'],
  ['[\n', 'f.json:2:1: expected a closing bracket ], found the end of the file'],
  ['{"__proto__": 1}', 'f.json:1:2: the name __proto__ is not read'],
])('says of %j where it is wrong and what was expected', (text, problem) => {
  expect(read(text).problems[0]).toBe(problem);
});

test('says nothing that JSON.parse would not', () => {
  const mutate = fc.tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom('', '"', ',', '}', '\\', '//', '\t'),
  );
  fc.assert(
    fc.property(mutate, ([json, at, char]) => {
      const cut = at % (json.length + 1);
      const text = json.slice(0, cut) + char + json.slice(cut + 1);
      const { value, json: read_ } = read(text);
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expect(read_.whole).toBe(false);
        return;
      }
      expect(read_.whole).toBe(true);
      if (!/"(.*?)":.*"\1":|__proto__/s.test(text)) expect(value).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('depth that no stack holds is a problem, not a crash', () => {
  expect(read('['.repeat(200_000)).problems[0]).toBe('f.json:1:1: nested too deeply to be read');
});

test('a file of 300 kB takes less than 50 ms of a processor', () => {
  const item = { question: 'What is it, exactly?', options: { A: 'one', B: 'two' }, answer: 'A' };
  const text = JSON.stringify(Object.fromEntries(Array.from({ length: 3500 }, (_, i) => [`t${i}`, [item]])));
  expect(text.length).toBeGreaterThan(300_000);
  const times = Array.from({ length: 8 }, () => {
    const start = process.cpuUsage();
    const problems = new Problems();
    expect(new JsonPlaces({ path: 'f', text, damaged: false }, problems).whole).toBe(true);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});

test('bytes that are no UTF-8 are named by line and column, past a real replacement character', () => {
  const path = join(testFolder(), 'f.json');
  writeFileSync(
    path,
    Buffer.concat([Buffer.from('["ok",\n"\uFFFD '), Buffer.from([0xff]), Buffer.from('"]')]),
  );
  const problems = new Problems();
  const file = readText(path, problems);
  if (file === null) throw new Error('not read');
  const json = new JsonPlaces(file, problems);
  expect(json.root && json.value(json.root)).toEqual(['ok', undefined]);
  expect(problems.settle(true).map(({ where }) => where)).toEqual([`${path}:2:4`, `${path}:2:1`]);
});

test('a file that is not there is a problem', () => {
  const problems = new Problems();
  expect(readText(join(testFolder(), 'none.json'), problems)).toBeNull();
  expect(() => problems.settle(false)).toThrow('there is no such file');
});
