import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { withWorkspace } from '../render/workspace.ts';
import { testFolder } from '../testing/folder.ts';
import { colours } from './clips.fixture.ts';
import { cutVideo } from './cut.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});

/** Red, green and blue for four seconds each at 15 fps, with a tone; a key frame every so many pictures. */
async function threeColours(target: string, keyEvery: number): Promise<string> {
  return withWorkspace(async (space) => {
    const inputs = ['red', 'lime', 'blue'].flatMap((colour) => [
      '-f',
      'lavfi',
      '-i',
      `color=c=${colour}:s=64x64:r=15:d=4`,
    ]);
    const joined = ['-filter_complex', '[0][1][2]concat=n=3[v]', '-map', '[v]', '-map', '3:a'];
    const keys = ['-g', String(keyEvery), '-keyint_min', String(keyEvery), '-sc_threshold', '0'];
    const encoder = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      ...keys,
    ];
    const argv = [
      'ffmpeg',
      '-v',
      'error',
      ...inputs,
      '-f',
      'lavfi',
      '-i',
      'sine=d=12',
      ...joined,
      ...encoder,
      'a.mp4',
    ];
    const ran = await sandbox.run({ argv, folder: space.folder });
    if (await space.copyOut('a.mp4', target, 50e6)) return target;
    throw new Error(ran.stderr.toString());
  });
}

it('cuts exactly by encoding, wherever the key frames are', async () => {
  const folder = testFolder();
  const file = await threeColours(join(folder, 'a.mp4'), 180);
  const target = join(folder, 'part.mp4');
  const cut = await cutVideo(sandbox, file, { startS: 3, endS: 9.4 }, target, { mode: 'encode' });
  if (!cut.ok) throw new Error(cut.reason);
  expect(Math.abs(cut.facts.durationS - 6.4)).toBeLessThanOrEqual(1 / 15 + 0.1);
  expect(cut).toMatchObject({ mode: 'encode', note: null, facts: { audio: true, codec: 'h264' } });
  expect(await colours(sandbox, target)).toMatch(/^rggggb+$/);
});

it('copies from the key frame before the start, without encoding', async () => {
  const folder = testFolder();
  const file = await threeColours(join(folder, 'a.mp4'), 30);
  const target = join(folder, 'part.mp4');
  const cut = await cutVideo(sandbox, file, { startS: 5, endS: 9 }, target, { mode: 'copy' });
  if (!cut.ok) throw new Error(cut.reason);
  expect(cut).toMatchObject({ mode: 'copy', note: null });
  expect(cut.facts.durationS).toBeGreaterThanOrEqual(3.5);
  expect(cut.facts.durationS).toBeLessThanOrEqual(6.5);
});

it('encodes again, and says so, where key frames are too far apart for a copy', async () => {
  const folder = testFolder();
  const file = await threeColours(join(folder, 'a.mp4'), 180);
  const target = join(folder, 'part.mp4');
  const cut = await cutVideo(sandbox, file, { startS: 11, endS: 11.9 }, target, { mode: 'copy' });
  if (!cut.ok) throw new Error(cut.reason);
  expect(cut).toMatchObject({ mode: 'encode', note: expect.stringContaining('encoded again') });
  expect(Math.abs(cut.facts.durationS - 0.9)).toBeLessThanOrEqual(1 / 15 + 0.1);
});

it('gives a reason for what cannot be cut', async () => {
  const folder = testFolder();
  const file = await threeColours(join(folder, 'a.mp4'), 30);
  const cut = (startS: number, endS: number, source = file) =>
    cutVideo(sandbox, source, { startS, endS }, join(folder, 'part.mp4'), { mode: 'copy' });
  expect(await cut(10, 20)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('not inside the video'),
  });
  expect(await cut(5, 5)).toMatchObject({ ok: false });
  expect(await cut(0, 1, join(folder, 'none.mp4'))).toMatchObject({
    ok: false,
    reason: 'there is no such file',
  });
});
