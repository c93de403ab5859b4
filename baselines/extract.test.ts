import { expect, test } from 'vitest';
import { extractCode, extractJson } from './extract.ts';

const value = { a: 1, code: 'x = """\n```\ninner\n```\n"""' };
const json = JSON.stringify(value);

test.each([
  ['bare', json],
  ['fenced with tag', `\`\`\`json\n${json}\n\`\`\``],
  ['fenced in capitals', `\`\`\`JSON\n${json}\n\`\`\``],
  ['fenced without tag', `\`\`\`\n${json}\n\`\`\``],
  ['with prose around', `Here you are: ${json} Enjoy!`],
  ['with prose and a fence', `Sure.\n\n\`\`\`json\n${json}\n\`\`\`\nThat is all.`],
])('JSON is found %s', (_, reply) => {
  expect(extractJson(reply)).toEqual(value);
});

test('truncated JSON is no JSON', () => {
  expect(extractJson('{"a": [1, 2')).toBeUndefined();
  expect(extractJson('nothing here')).toBeUndefined();
});

const code = 'from manim import *\n\nclass A(Scene):\n    pass\n';

test.each([
  ['a python fence', `Here:\n\`\`\`python\n${code}\`\`\`\nDone.`],
  ['a Python fence in capitals', `\`\`\`Python\n${code}\`\`\``],
  ['a py fence', `\`\`\`py\n${code}\`\`\``],
  ['no tag', `\`\`\`\n${code}\`\`\``],
  ['no fence at all', code],
  ['an unclosed fence', `\`\`\`python\n${code}`],
  ['several fences, the longest wins', `\`\`\`python\nx = 1\n\`\`\`\nthen\n\`\`\`python\n${code}\`\`\``],
  [
    'a shell fence beside it',
    `\`\`\`bash\npip install manim and some more words to be longer than the code\n\`\`\`\n\`\`\`python\n${code}\`\`\``,
  ],
])('code is found in %s', (_, reply) => {
  expect(extractCode(reply)).toBe(code);
});

test('prose is no code', () => {
  expect(extractCode('I am sorry, I cannot help with that.')).toBeNull();
  expect(extractCode('```python\n\n```')).toBeNull();
});
