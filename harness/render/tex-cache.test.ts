import { expect, it } from 'vitest';
import { isPlainSvg } from './tex-cache.ts';

const head = "<?xml version='1.0' encoding='UTF-8'?>\n<!-- made by a test -->\n";
const svg = (inner: string) => `${head}<svg version='1.1' viewBox='0 0 9 9'>${inner}</svg>\n`;

it('takes an SVG such as dvisvgm writes', () => {
  const glyphs =
    "<defs><path id='g1' d='M0 0L1 1Z'/></defs><g id='p'><use x='1' xlink:href='#g1'/><rect/></g>";
  expect(isPlainSvg(svg(glyphs))).toBe(true);
  expect(isPlainSvg('<svg><path d="M0 0"/></svg>')).toBe(true);
});

it.each([
  ['no SVG', 'hello'],
  ['a cut one', svg('').slice(0, -8)],
  ['a script', svg('<script>1</script>')],
  ['a picture', svg("<image href='x.png'/>")],
  ['HTML', svg('<foreignObject><p>x</p></foreignObject>')],
  ['a link to elsewhere', svg("<use xlink:href='file:///etc/passwd#x'/>")],
  ['a link without quotes that are closed', svg("<use href = 'other.svg'/>")],
  ['an entity', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('&x;')}`],
  ['an entity of its own', svg('<title>&x;</title>')],
  ['a handler', svg("<path onload='x()'/>")],
  ['a style sheet elsewhere', svg("<path fill='url(http://x)'/>")],
  ['marked text', svg('<![CDATA[<script>]]>')],
  ['another instruction', svg('<?php x ?>')],
])('takes nothing else: %s', (_what, text) => {
  expect(isPlainSvg(text)).toBe(false);
});
