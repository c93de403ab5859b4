import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { colours, makeClip } from './clips.fixture.ts';
import { concatVideos } from './concat.ts';
import { probeVideo } from './probe.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});

const plain = (colour: string, seconds: number, size = '320x180', rate = 15) =>
  `color=c=${colour}:s=${size}:r=${rate}:d=${seconds}`;

describe('probing', () => {
  it('tells size, rate, length and hash of a video', async () => {
    using folder = temporaryFolder();
    const file = await makeClip(sandbox, join(folder.path, 'a.mp4'), plain('red', 2));
    const probed = await probeVideo(sandbox, file);
    if (!probed.ok) throw new Error(probed.reason);
    const { sha256, bytes, ...facts } = probed.facts;
    expect(facts).toEqual({ durationS: 2, width: 320, height: 180, fps: 15, codec: 'h264', audio: false });
    expect([sha256.length, bytes]).toEqual([64, readFileSync(file).length]);
  });

  it('refuses what is no video: a playlist, a list of files, text, a cut file, a link, nothing', async () => {
    using folder = temporaryFolder();
    const good = await makeClip(sandbox, join(folder.path, 'good.mp4'), plain('red', 1));
    const bad = {
      playlist: `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${good}\n#EXT-X-ENDLIST\n`,
      list: `ffconcat version 1.0\nfile '${good}'\n`,
      text: 'no video at all',
      cut: readFileSync(good).subarray(0, 300),
      empty: '',
    };
    for (const [name, content] of Object.entries(bad)) {
      const file = join(folder.path, `${name}.mp4`);
      writeFileSync(file, content);
      expect([name, (await probeVideo(sandbox, file)).ok]).toEqual([name, false]);
    }
    symlinkSync(good, join(folder.path, 'link.mp4'));
    expect(await probeVideo(sandbox, join(folder.path, 'link.mp4'))).toMatchObject({ ok: false });
    expect(await probeVideo(sandbox, join(folder.path, 'none.mp4'))).toMatchObject({ ok: false });
  });

  it.each([
    ['a picture that is too large', plain('red', 0.2, '4128x64'), 'too large'],
    ['too many frames a second', plain('red', 0.2, '64x64', 240), 'too many'],
    ['a video of more than two hours', plain('red', 7300, '16x16', 1), 'too long'],
  ])('refuses %s before anything is decoded', async (_what, source, reason) => {
    using folder = temporaryFolder();
    const file = await makeClip(sandbox, join(folder.path, 'bomb.mp4'), source);
    const probed = await probeVideo(sandbox, file);
    expect(probed).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('merging', () => {
  it('keeps the order given, whatever the names, and copies streams of one format', async () => {
    using folder = temporaryFolder();
    const named = (name: string) => join(folder.path, name);
    const parts = [
      await makeClip(sandbox, named('z.mp4'), plain('red', 1)),
      await makeClip(sandbox, named('a.mp4'), plain('lime', 2)),
      await makeClip(sandbox, named('m.mp4'), plain('blue', 1)),
    ];
    const merged = await concatVideos(sandbox, parts, named('whole.mp4'));
    expect(merged).toMatchObject({ ok: true, facts: { durationS: 4, width: 320, fps: 15 } });
    expect(await colours(sandbox, named('whole.mp4'))).toBe('rggb');
  });

  it('encodes again when formats differ, in the format of the first part', async () => {
    using folder = temporaryFolder();
    const named = (name: string) => join(folder.path, name);
    const parts = [
      await makeClip(sandbox, named('1.mp4'), plain('blue', 1)),
      await makeClip(sandbox, named('2.mp4'), plain('red', 2, '256x256', 24)),
    ];
    const merged = await concatVideos(sandbox, parts, named('whole.mp4'));
    if (!merged.ok) throw new Error(merged.reason);
    expect(merged.facts).toMatchObject({ width: 320, height: 180, fps: 15 });
    expect(Math.abs(merged.facts.durationS - 3)).toBeLessThan(0.5);
    expect(await colours(sandbox, named('whole.mp4'))).toBe('brr');
  });

  it('says which part is no video, and writes nothing', async () => {
    using folder = temporaryFolder();
    const good = await makeClip(sandbox, join(folder.path, '1.mp4'), plain('blue', 1));
    const playlist = join(folder.path, '2.mp4');
    writeFileSync(playlist, `#EXTM3U\n#EXTINF:1,\n${good}\n`);
    const target = join(folder.path, 'whole.mp4');
    const merged = await concatVideos(sandbox, [good, playlist], target);
    expect(merged).toMatchObject({ ok: false, reason: expect.stringContaining('part 2') });
    expect(() => readFileSync(target)).toThrow('ENOENT');
  });
});
