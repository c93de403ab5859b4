import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseFrames } from '../../../harness/media/frames.ts';
import { readText } from '../../../harness/media/ocr.ts';
import { probeVideo } from '../../../harness/media/probe.ts';
import { openBuildingShelf, plannedRefusals } from '../../../harness/models/offline/building.ts';
import { createReader } from '../../../harness/models/offline/reader.ts';
import { questionBlock, showQuestion } from '../../../harness/quiz/question.ts';
import type { Sandbox } from '../../../harness/render/sandbox/port.ts';
import { openSandbox } from '../../../harness/render/sandbox/sandbox.ts';
import { temporaryFolder } from '../../../harness/testing/folder.ts';
import { refusals } from '../types.ts';
import { makeExampleVideos } from './make.ts';
import { durationOf, exampleVideos } from './videos.ts';

const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);
let sandbox: Sandbox;
let made = 0;
beforeAll(async () => {
  sandbox = await openSandbox();
  made = await makeExampleVideos(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

const videos = exampleVideos();
const signal = new AbortController().signal;

describe("the example's videos", () => {
  it('are twelve, as yt-dlp would leave them, small, and kept when they are asked for again', async () => {
    expect(made).toBe(12);
    const names = await readdir(folder.path);
    expect(names.filter((name) => name.endsWith('.info.json'))).toHaveLength(12);
    expect(names.filter((name) => name.endsWith('.mp4'))).toHaveLength(12);
    expect(names.filter((name) => name.endsWith('.en.vtt'))).toHaveLength(3);
    for (const name of names) expect((await stat(file(name))).size, name).toBeLessThan(1e6);
    const { mtimeMs } = await stat(file('dice-04.mp4'));
    expect(await makeExampleVideos(folder.path)).toBe(0);
    expect((await stat(file('dice-04.mp4'))).mtimeMs).toBe(mtimeMs);
  });

  it('have the length and chapters that their info says; the damaged one cannot be decoded', async () => {
    for (const video of videos.filter(({ id }) => /^(binary|dice)|triangles/.test(id))) {
      const probed = await probeVideo(sandbox, file(`${video.id}.mp4`));
      expect(probed.ok, video.id).toBe(!video.corrupt);
      if (probed.ok)
        expect(probed.facts).toMatchObject({
          durationS: durationOf(video),
          width: 640,
          height: 360,
          fps: 10,
        });
      const info = JSON.parse(readFileSync(file(`${video.id}.info.json`), 'utf8'));
      expect(info.duration).toBe(durationOf(video));
      expect(info.chapters.at(-1).end_time).toBe(info.duration);
    }
  });

  it('are those that builder and reviewer have replies for, chapter by chapter', async () => {
    const known = await openBuildingShelf().all();
    expect(known.map(({ video }) => video).sort()).toEqual(videos.map(({ title }) => title).sort());
    for (const { title, chapters } of videos) {
      const units = known.find(({ video }) => video === title)?.units ?? [];
      const titles = units.map((unit) => unit.title);
      if (units.length > 0) expect(titles).toEqual([title, ...chapters.map((chapter) => chapter.title)]);
    }
    expect([...plannedRefusals, 'key_imbalance'].sort()).toEqual([...refusals].sort());
  });

  it('say the answers: the reader that knows nothing finds each of a lesson, and none without its frames', async () => {
    const reader = createReader((jpeg) => readText(sandbox, jpeg));
    const frames = await chooseFrames(sandbox, file('primes-02.mp4'));
    const images = frames.map(({ jpeg }) => jpeg);
    const lesson = await openBuildingShelf().video('Prime numbers from the start');
    const drafts = (lesson?.units ?? []).flatMap(({ rounds }) => rounds.flat());
    const good = drafts.filter(({ planned }) => planned === undefined);
    expect(good).toHaveLength(9);
    for (const { reply } of good) {
      const { stem = '', options = [], key } = reply;
      const text = questionBlock(showQuestion({ id: 'q', stem, options }));
      const ask = async (shown: Uint8Array[]): Promise<unknown> =>
        JSON.parse(await reader({ lastUserMessage: text, texts: [text], images: shown }, signal)).answer;
      expect(await ask(images), stem).toBe(key);
      expect(await ask([]), stem).toBe(null);
    }
  });
});
