import { expect, test } from 'vitest';
import { extractCode } from './extract.ts';

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
  ['tildes', `~~~python\n${code}~~~`],
  ['four back-ticks', `\`\`\`\`python\n${code}\`\`\`\``],
  ['a tag with more behind it', `\`\`\`python title="scene.py"\n${code}\`\`\``],
  ['a tag in braces', `\`\`\`{.python}\n${code}\`\`\``],
  ['the tag manim', `\`\`\`manim\n${code}\`\`\``],
  ['prose without a fence before it', `Here is the scene:\n\n${code}`],
  ['prose without a fence around it', `Sure, from here on:\n\n${code}\nI hope that it helps you.`],
  ['a fence opened within a line', `The file: \`\`\`python\n${code}`],
  ['an unclosed fence without a tag', `\`\`\`\n${code}`],
  ['an unclosed fence behind a closed one', `\`\`\`python\nx = 1\n\`\`\`\nthen\n\`\`\`python\n${code}`],
  ['Windows line ends', `\`\`\`python\r\n${code.replaceAll('\n', '\r\n')}\`\`\``],
  [
    'thoughts with code of their own',
    `<think>\`\`\`python\n${'x = 1\n'.repeat(99)}\`\`\`</think>\`\`\`py\n${code}\`\`\``,
  ],
])('code is found in %s', (_, reply) => {
  expect(extractCode(reply)).toBe(code);
});

test('a whole scene is taken before a longer part of one', () => {
  const scene = `${code.replace('pass', 'def construct(self):\n        pass')}`;
  const part = 'self.wait()\n'.repeat(50);
  expect(extractCode(`\`\`\`python\n${scene}\`\`\`\nor\n\`\`\`python\n${part}\`\`\``)).toBe(scene);
  expect(extractCode(`\`\`\`\n${scene}\`\`\`\nor\n\`\`\`python\n${part}\`\`\``)).toBe(scene);
});

test('prose is no code', () => {
  expect(extractCode('I am sorry, I cannot help with that.')).toBeNull();
  expect(extractCode('```python\n\n```')).toBeNull();
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
  ['unfinished heads of classes', 'class A'],
])('a model that says nothing but %s costs no more than a look at its reply', (_, piece) => {
  const loop = piece.repeat(200_000 / piece.length);
  for (const reply of [loop, `import a\n${loop}x`, `{"a": "${loop}`])
    expect(() => extractCode(reply)).not.toThrow();
});
