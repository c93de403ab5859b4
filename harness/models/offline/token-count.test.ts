import { expect, it } from 'vitest';
import { countTokens, imageSize } from './token-count.ts';

/** A JPEG header: start, an application segment to skip, and a frame of 854x480. */
const jpeg = new Uint8Array([
  0xff,
  0xd8,
  0xff,
  0xe0,
  0,
  4,
  0,
  0,
  0xff,
  0xc2,
  0,
  11,
  8,
  480 >> 8,
  480 & 255,
  854 >> 8,
  854 & 255,
  1,
  0,
  0,
  0,
]);
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
  Buffer.from('IHDR'),
  Buffer.from([0, 0, 7, 128, 0, 0, 4, 56]),
]);

it('reads the size of JPEG and PNG headers, and says when it cannot', () => {
  expect(imageSize(jpeg)).toEqual({ width: 854, height: 480 });
  expect(imageSize(png)).toEqual({ width: 1920, height: 1080 });
  expect(imageSize(jpeg.subarray(0, 10))).toBe(null);
  expect(imageSize(Buffer.from('no picture at all, but long enough'))).toBe(null);
  expect(imageSize(new Uint8Array())).toBe(null);
});

it('counts texts with the tokenizer and images by started tiles of 512 pixels', async () => {
  expect(await countTokens(['hello world'])).toBe(2);
  expect(await countTokens([], [{ width: 854, height: 480 }])).toBe(85 + 170 * 2);
  expect(await countTokens(['hello world', 'hello world'], [null])).toBe(4 + 85);
});
