import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from 'canvas';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testFolder } from '../../harness/testing/folder.ts';
import { mediaSchema } from '../schema.ts';
import { picture, tinyGif, tinyMp4, tinyWebp } from './media.fixture.ts';
import { identicalMedia, readMedia } from './media.ts';

function folderWith(files: Record<string, Uint8Array | string>): string {
  const folder = testFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

test.each([
  ['a.png', picture('image/png', 5, 3), 'image/png', 5, 3],
  ['a.jpg', picture('image/jpeg', 17, 9), 'image/jpeg', 17, 9],
  ['a.webp', tinyWebp, 'image/webp', 8, 4],
  ['sub/a.gif', tinyGif, 'image/gif', 1, 1],
])('reads type and pixels of %s from its bytes', async (name, bytes, type, width, height) => {
  const { kind, media, anomalies } = await readMedia(folderWith({ [name]: bytes }), name);
  expect(anomalies).toEqual([]);
  expect(kind).toBe('picture');
  expect(media).toMatchObject({ path: name, type, width, height, bytes: bytes.length });
  expect(media?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('an extension that lies is told, and the type is that of the bytes', async () => {
  const folder = folderWith({ 'a.jpg': tinyWebp });
  const { media, anomalies } = await readMedia(folder, 'a.jpg');
  expect(media?.type).toBe('image/webp');
  expect(anomalies.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
    'lying_extension: the name says .jpg, the bytes say image/webp',
  ]);
});

test.each([
  ['text.png', 'not a picture', 'unknown_media'],
  ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'unknown_media'],
  ['drawing.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'unknown_media'],
  ['empty.png', '', 'unknown_media'],
  ['cut.png', picture('image/png', 5, 3).subarray(0, -12), 'unreadable_media'],
  ['cut.jpg', picture('image/jpeg', 5, 3).subarray(0, 30), 'unreadable_media'],
])('%s is refused by name and does not stop anything', async (name, content, kind) => {
  const { media, anomalies } = await readMedia(folderWith({ [name]: content }), name);
  expect(media).toBeUndefined();
  expect(anomalies.map((a) => a.kind)).toEqual([kind]);
  expect(anomalies[0]?.where).toContain(name);
});

test('links, folders, missing files and paths that leave the folder are refused', async () => {
  const folder = folderWith({ 'in/a.png': picture('image/png', 5, 3) });
  symlinkSync(join(folder, 'in/a.png'), join(folder, 'link.png'));
  symlinkSync(join(folder, 'in'), join(folder, 'way'));
  const kinds = async (path: string) => {
    const { media, anomalies } = await readMedia(folder, path);
    expect(media).toBeUndefined();
    return anomalies.map(({ kind }) => kind).join();
  };
  expect(await kinds('link.png')).toBe('path_outside');
  expect(await kinds('way/a.png')).toBe('path_outside');
  expect(await kinds('../a.png')).toBe('path_outside');
  expect(await kinds('/etc/passwd')).toBe('path_outside');
  expect(await kinds('none.png')).toBe('missing_media');
  expect(await kinds('in')).toBe('unreadable_media');
});

test('a video is measured by the probe that is handed in, and kept when it cannot be', async () => {
  const folder = folderWith({ 'a.mp4': tinyMp4, tinyWebp });
  const measures = { durationS: 12.5, width: 640, height: 360 };
  expect((await readMedia(folder, 'a.mp4', async () => measures)).media).toMatchObject({
    type: 'video/mp4',
    ...measures,
  });
  const blind = await readMedia(folder, 'a.mp4', async () => null);
  expect(blind.media?.durationS).toBeUndefined();
  expect(blind.anomalies.map(({ kind }) => kind)).toEqual(['unreadable_media']);
  expect((await readMedia(folder, 'a.mp4')).anomalies).toEqual([]);
});

test('media with the same bytes are named together', async () => {
  const bytes = createCanvas(2, 2).toBuffer('image/png');
  const folder = folderWith({ 'a.png': bytes, 'b.png': bytes, 'c.png': picture('image/png', 3, 3) });
  const read = await Promise.all(['a.png', 'b.png', 'c.png'].map((path) => readMedia(folder, path)));
  expect(identicalMedia(read.flatMap(({ media }) => media ?? []))).toEqual([
    { kind: 'identical_media', where: 'a.png, b.png', message: '2 files hold the same bytes' },
  ]);
});

test('whatever the bytes are, they are read or refused, never an exception', async () => {
  const seeds = [picture('image/png', 5, 3), picture('image/jpeg', 17, 9), tinyWebp, tinyGif, tinyMp4];
  const folder = testFolder();
  const damage = fc.tuple(
    fc.constantFrom(...seeds),
    fc.noBias(fc.nat(9999)),
    fc.uint8Array({ maxLength: 6 }),
  );
  const property = fc.asyncProperty(damage, async ([seed, place, bytes]) => {
    const at = Math.floor((place / 10_000) * seed.length);
    writeFileSync(join(folder, 'x'), Buffer.concat([seed.subarray(0, at), bytes, seed.subarray(at + 2)]));
    const { media, anomalies } = await readMedia(folder, 'x');
    if (media === undefined) expect(anomalies.length).toBeGreaterThan(0);
    else expect(mediaSchema.parse(media)).toEqual(media);
  });
  await fc.assert(property, { numRuns: 300 });
});
