import { expect, test } from 'vitest';
import { extractJson } from './extract-json.ts';

const value = { a: 1, code: 'x = """\n```\ninner\n```\n"""' };
const json = JSON.stringify(value);

test.each([
  ['bare', json],
  ['fenced with tag', `\`\`\`json\n${json}\n\`\`\``],
  ['fenced in capitals', `\`\`\`JSON\n${json}\n\`\`\``],
  ['fenced without tag', `\`\`\`\n${json}\n\`\`\``],
  ['with prose around', `Here you are: ${json} Enjoy!`],
  ['with braces and brackets in the prose', `As in [1], for {x}: ${json} I hope that {this} helps.`],
  [
    'behind thoughts with JSON of their own',
    `<think>{"a": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}</think>${json}`,
  ],
  ['in a fence that is never closed', `\`\`\`json\n${json}`],
  ['with prose and a fence', `Sure.\n\n\`\`\`json\n${json}\n\`\`\`\nThat is all.`],
])('golden: JSON recovery: it is found %s', (_, reply) => {
  expect(extractJson(reply)).toEqual(value);
});

test.each([
  ['bare', '[{"a": 1}]'],
  ['in prose', 'Here it is: [{"a": 1}] Enjoy!'],
  ['in a fence', '```json\n[{"a": 1}]\n```'],
])('golden: JSON recovery: a list stays a list %s', (_, reply) => {
  expect(extractJson(reply)).toEqual([{ a: 1 }]);
});

test('golden: JSON recovery: truncated JSON is no JSON, nor is any part of it', () => {
  expect(extractJson('{"sections": [{"id": 1}, {"id": 2}, {"i')).toBeUndefined();
  expect(extractJson('```json\n{"sections": [{"id": 1}, {"id": "2}]}')).toBeUndefined();
  expect(extractJson('{"a": [1, 2')).toBeUndefined();
  expect(extractJson('nothing here')).toBeUndefined();
});

test.each([
  ['back-ticks', '`'],
  ['lines of back-ticks', '```\n'],
  ['tildes', '~'],
  ['opened thoughts', '<think>'],
  ['empty lines', '\n'],
  ['opening braces', '{'],
  ['opening brackets', '[{"a":'],
  ['escaped quotes', '\\"'],
])('a model that says nothing but %s costs no more than a look at its reply', (_, piece) => {
  const loop = piece.repeat(200_000 / piece.length);
  for (const reply of [loop, `{"a": "${loop}`]) expect(extractJson(reply)).toBeUndefined();
});

test('JSON that is nested without end is not read', () => {
  expect(extractJson(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toBeUndefined();
  expect(extractJson(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeDefined();
});
