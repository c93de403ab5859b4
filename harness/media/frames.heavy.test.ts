import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { makeClip, words } from './clips.fixture.ts';
import { chooseFrames, framesAt } from './frames.ts';
import { readText } from './ocr.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});

/** Lines come one after another and rest together, three times, beside a square that never rests. */
const lesson = [
  words('alpha has nine roots', 60, 80, 0.5, 4),
  words('beta weighs seven grams', 60, 160, 2.4, 4),
  words('gamma stays for one second', 60, 240, 4, 5.2),
  words('delta counts to forty', 60, 80, 6, 9),
  words('epsilon is always small', 60, 320, 7.8, 9),
].join(',');
const movingSquare = "[in]split[a][b];[b]crop=40:40,lutyuv=y=200[s];[a][s]overlay=x='600+80*sin(9*t)':y=400,";

describe('frames chosen from the file alone', () => {
  it('show everything that stood still for a second, each line with those that rest beside it', async () => {
    using folder = temporaryFolder();
    const source = 'color=c=black:s=854x480:r=15:d=9.4';
    const file = await makeClip(sandbox, join(folder.path, 'v.mp4'), source, `${movingSquare}${lesson}`);
    const frames = await chooseFrames(sandbox, file);
    const times = frames.map((f) => f.timeS);
    for (const [from, to] of [
      [2.4, 4],
      [4, 5.2],
      [7.8, 9],
    ] as const) {
      expect(times.some((t) => from <= t && t < to)).toBe(true);
    }
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(frames.length).toBeLessThanOrEqual(8);

    const texts = await Promise.all(frames.map((f) => readText(sandbox, f.jpeg)));
    const restingTogether = texts.find((text) => text.includes('beta weighs seven grams'));
    expect(restingTogether).toContain('alpha has nine roots');
    expect(texts.join('\n')).toContain('gamma stays for one second');
    expect(texts.join('\n')).toContain('epsilon is always small');

    const again = await chooseFrames(sandbox, file);
    expect(again).toEqual(frames);
  });

  it('are at most as many as asked for, spread over the video', async () => {
    using folder = temporaryFolder();
    const lines = Array.from({ length: 12 }, (_, i) => words(`line number ${i}`, 40 + 40 * i, 100, i, i + 1));
    const source = 'color=c=black:s=854x480:r=15:d=12';
    const file = await makeClip(sandbox, join(folder.path, 'v.mp4'), source, lines.join(','));
    expect((await chooseFrames(sandbox, file)).length).toBe(12);
    expect((await chooseFrames(sandbox, file, { max: 5 })).length).toBe(5);
  });

  it('are one of a picture that never changes, and none of what is no video', async () => {
    using folder = temporaryFolder();
    const blank = await makeClip(sandbox, join(folder.path, 'b.mp4'), 'color=c=black:s=854x480:r=15:d=10');
    expect((await chooseFrames(sandbox, blank)).length).toBe(1);
    const text = join(folder.path, 't.mp4');
    writeFileSync(text, 'no video');
    await expect(chooseFrames(sandbox, text)).rejects.toMatchObject({ code: 'video_undecodable' });
  });
});

it('frames asked for by time show what stands just before it, each once and in order', async () => {
  using folder = temporaryFolder();
  const lines = ['alpha', 'beta', 'gamma'].map((word, i) => words(word, 300, 200, i, i + 0.999, 60));
  const source = 'color=c=black:s=854x480:r=15:d=3';
  const file = await makeClip(sandbox, join(folder.path, 'v.mp4'), source, lines.join(','));
  const frames = await framesAt(sandbox, file, [2, 1, 99, 2.001, 0]);
  expect(frames.map((frame) => Number(frame.timeS.toFixed(2)))).toEqual([0, 0.93, 1.93, 2.93]);
  const texts = await Promise.all(frames.map((frame) => readText(sandbox, frame.jpeg)));
  expect(texts.map((text) => text.trim())).toEqual(['alpha', 'alpha', 'beta', 'gamma']);
  expect(await framesAt(sandbox, file, [])).toEqual([]);
});

describe('reading a frame', () => {
  it('does not run two columns together', async () => {
    using folder = temporaryFolder();
    const left = ['A test finds 90 of 100 sick people', 'So 120 alarms in all', 'That makes 75 percent'];
    const right = ['sick and alarmed 90', 'healthy but alarmed 30', 'prior odds 1 to 3'];
    const drawn = [
      ...left.map((line, i) => words(line, 30, 110 + 70 * i, 0, 9, 20)),
      ...right.map((line, i) => words(line, 560, 112 + 70 * i, 0, 9, 18)),
    ];
    const source = 'color=c=black:s=854x480:r=15:d=2';
    const file = await makeClip(sandbox, join(folder.path, 'v.mp4'), source, drawn.join(','));
    const [frame] = await chooseFrames(sandbox, file);
    const lines = (await readText(sandbox, frame?.jpeg ?? new Uint8Array())).split('\n');
    expect(lines.toSorted()).toEqual([...left, ...right].toSorted());
  });

  it('finds no text in what is no picture', async () => {
    expect(await readText(sandbox, new TextEncoder().encode('no picture'))).toBe('');
  });
});
