import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { words } from '../../media/clips.fixture.ts';
import { readText } from '../../media/ocr.ts';
import { probeVideo } from '../../media/probe.ts';
import type { Sandbox } from '../../render/sandbox/port.ts';
import { openSandbox } from '../../render/sandbox/sandbox.ts';
import { withWorkspace } from '../../render/workspace.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { makeNoiseVideo } from './noise-video.ts';
import { createReader } from './reader.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
const signal = new AbortController().signal;

/** One picture made by ffmpeg in the sandbox, as a JPEG. */
async function picture(input: readonly string[], filter: string): Promise<Buffer> {
  return withWorkspace(async (space) => {
    const argv = [
      'ffmpeg',
      '-v',
      'error',
      ...input,
      '-vf',
      filter,
      '-frames:v',
      '1',
      '-q:v',
      '3',
      'frame.jpg',
    ];
    const ran = await sandbox.run({ argv, folder: space.folder });
    const bytes = await space.read('frame.jpg', 10_000_000);
    if (bytes === null) throw new Error(`no picture: ${ran.stderr.toString()}`);
    return bytes;
  });
}
const source = ['-f', 'lavfi', '-i', 'color=c=black:s=854x480:d=1'];
/** Lecture lines at the left, a caption at the right, and a drawing between them. */
const slide = (lines: readonly string[], caption: string) => {
  const left = lines.map((line, index) => words(line, 24, 90 + 60 * index, 0, 1, 20));
  const drawing = 'drawbox=x=560:y=180:w=140:h=90:color=yellow:t=3';
  return picture(source, [...left, words(caption, 480, 420, 0, 1, 20), drawing].join(','));
};
const asked = (stem: string, options: readonly string[]) =>
  `Question: ${stem}\n${options.map((option, index) => `${'ABCD'[index]}) ${option}`).join('\n')}`;

describe('the reader with real OCR', () => {
  it('answers from three pictures what they say, and nothing that they do not say', async () => {
    const images = [
      await slide(['A cube has 8 vertices', 'It has 12 edges and 6 faces'], 'Here is a cube'),
      await slide(['A tree remains in the end', 'Trees have no cycle'], 'An icosahedron has 20 faces'),
      await picture(source, 'null'),
    ];
    const reader = createReader((jpeg) => readText(sandbox, jpeg));
    const ask = async (text: string, shown = images): Promise<unknown> =>
      JSON.parse(await reader({ lastUserMessage: text, texts: [text], images: shown }, signal)).answer;

    expect(await ask(asked('How many vertices does a cube have?', ['6', '8', '10', '12']))).toBe('B');
    expect(await ask(asked('How many faces does an icosahedron have?', ['30', '24', '20', '12']))).toBe('C');
    expect(await ask(asked('What remains in the end?', ['A tree', 'A star', 'A grid', 'A ring']))).toBe('A');
    expect(
      await ask(asked('Which planet has the longest year?', ['Venus', 'Mars', 'Neptune', 'Earth'])),
    ).toBe(null);
    const cube = asked('How many vertices does a cube have?', ['6', '8', '10', '12']);
    expect(await ask(cube, images.slice(1))).toBe(null);
  });
});

describe('the noise video', () => {
  const wanted = { width: 427, height: 240, fps: 10, frames: 25, seed: 5 };

  it('has the size, rate and length that were asked for, and is the same for the same seed', async () => {
    using folder = temporaryFolder();
    const bytes = await makeNoiseVideo(sandbox, wanted);
    const file = join(folder.path, 'noise.mp4');
    await writeFile(file, bytes);
    expect(await probeVideo(sandbox, file)).toMatchObject({
      ok: true,
      facts: { width: 428, height: 240, fps: 10, durationS: 2.5 },
    });
    expect(Buffer.compare(bytes, await makeNoiseVideo(sandbox, wanted))).toBe(0);
    expect(Buffer.compare(bytes, await makeNoiseVideo(sandbox, { ...wanted, seed: 6 }))).not.toBe(0);
  });

  it('holds nothing that the reader could answer from', async () => {
    const bytes = await makeNoiseVideo(sandbox, { ...wanted, width: 854, height: 480 });
    const frame = await withWorkspace(async (space) => {
      await space.write('noise.mp4', bytes);
      await sandbox.run({
        argv: ['ffmpeg', '-v', 'error', '-i', 'noise.mp4', '-frames:v', '1', 'f.jpg'],
        folder: space.folder,
      });
      return space.read('f.jpg', 10_000_000);
    });
    const text = await readText(sandbox, frame ?? Buffer.alloc(0));
    expect(frame?.length).toBeGreaterThan(1000);
    expect(text.match(/\p{L}{3,}/gu)).toBe(null);
  });

  it('says why there is none when ffmpeg fails', async () => {
    await expect(makeNoiseVideo(sandbox, { ...wanted, width: 0 })).rejects.toThrow(
      /ffmpeg made no noise video/,
    );
  });
});
