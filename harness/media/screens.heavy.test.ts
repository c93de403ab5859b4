import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { makeClip, words } from './clips.fixture.ts';
import { makeControlVideo } from './controls.ts';
import { lookAt } from './frames.ts';
import { readScreens, type Screen } from './screens.ts';
import { makeVideoPart } from './video-part.ts';

const ready = requirePrerequisite('sandbox');
const folder = temporaryFolder();
let sandbox: Sandbox;
const { signal } = new AbortController();

beforeAll(async () => {
  if (ready) sandbox = await openSandbox({ unsafeLocal: false });
});
afterAll(() => folder[Symbol.dispose]());

async function read(file: string): Promise<{ screens: Screen[]; look: Awaited<ReturnType<typeof lookAt>> }> {
  const look = await lookAt(sandbox, file);
  return { look, screens: await readScreens(sandbox, look.frames, signal) };
}
const textOf = (screens: readonly Screen[]) =>
  screens.flatMap((one) => one.words.map(({ text }) => text)).join(' ');

describe.skipIf(!ready)('a video of known words', () => {
  test('is read with the places, sizes and contrast of its words', async () => {
    const drawn = `${words('Bright words', 100, 60, 0, 9, 40)},drawtext=fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:text='Dim words':x=100:y=300:fontsize=40:fontcolor=0xa0a0a0`;
    const file = await makeClip(
      sandbox,
      join(folder.path, 'words.mp4'),
      'color=black:s=854x480:r=15:d=6',
      drawn,
    );
    const { screens } = await read(file);
    const all = screens.flatMap((screen) => screen.words);
    const [bright, dim] = ['Bright', 'Dim'].map((name) => all.find(({ text }) => text === name));
    expect(bright?.x).toBeCloseTo(100 / 854, 1);
    expect(bright?.y).toBeCloseTo(60 / 480, 1);
    expect((bright?.height ?? 0) * 480).toBeGreaterThan(28);
    expect(bright?.contrast).toBeGreaterThan(15);
    expect(dim?.contrast).toBeLessThan(9);
  });

  test('cut into its texts and the rest shows the one and the other', async () => {
    const file = await makeClip(
      sandbox,
      join(folder.path, 'parts.mp4'),
      'color=black:s=854x480:r=15:d=3',
      `${words('Lecture', 60, 60, 0, 9, 40)},${words('Drawing', 500, 300, 0, 9, 40)}`,
    );
    const boxes = [{ x: 0, y: 0, width: 0.45, height: 0.4, fromS: 0, toS: 3 }];
    for (const [part, shown, hidden] of [
      ['text', 'Lecture', 'Drawing'],
      ['animation', 'Drawing', 'Lecture'],
    ] as const) {
      const target = join(folder.path, `${part}.mp4`);
      await makeVideoPart(sandbox, file, part, boxes, target);
      const said = textOf((await read(target)).screens);
      expect(said).toContain(shown);
      expect(said).not.toContain(hidden);
    }
  });
});

describe.skipIf(!ready)('control videos', () => {
  test('show what they are made of: nothing, the title, the title and an order', async () => {
    const make = async (control: 'blank' | 'title_card' | 'canary') => {
      const target = join(folder.path, `${control}.mp4`);
      await makeControlVideo(sandbox, control, "Bayes' rule: 100 % of it, and \\more", target);
      return read(target);
    };
    const blank = await make('blank');
    expect(blank.look.film).toMatchObject({ blackShare: 1, durationS: 10 });
    expect(textOf(blank.screens)).toBe('');
    expect(textOf((await make('title_card')).screens)).toMatch(/Bayes.*rule.*100/);
    expect(textOf((await make('canary')).screens)).toMatch(/highest score/);
  });

  test('are the same bytes each time', async () => {
    const [a, b] = [join(folder.path, 'a.mp4'), join(folder.path, 'b.mp4')];
    for (const target of [a, b]) await makeControlVideo(sandbox, 'title_card', 'T', target);
    const { sha256File } = await import('../store/hash.ts');
    expect(await sha256File(a)).toBe(await sha256File(b));
  });
});

describe.skipIf(!ready)('a video that cannot be measured', () => {
  test.each([
    ['is cut in the middle', async (file: string) => (await import('node:fs/promises')).truncate(file, 4000)],
    [
      'is no video',
      async (file: string) => (await import('node:fs/promises')).writeFile(file, 'not a video'),
    ],
    ['is empty', async (file: string) => (await import('node:fs/promises')).truncate(file, 0)],
  ])('because it %s is refused with its cause', async (name, spoil) => {
    const file = join(folder.path, `${name.replaceAll(' ', '-')}.mp4`);
    await makeClip(sandbox, file, 'testsrc=s=320x240:r=15:d=3');
    await spoil(file);
    await expect(lookAt(sandbox, file)).rejects.toMatchObject({ code: 'video_undecodable' });
  });

  test('with a frame rate that varies is measured all the same', async () => {
    const file = join(folder.path, 'vfr.mp4');
    await makeClip(sandbox, file, 'testsrc=s=320x240:r=15:d=4', "select='lt(t,2)+not(mod(n,5))',setpts=PTS");
    const look = await lookAt(sandbox, file);
    expect(look.film.durationS).toBeGreaterThan(3);
    expect(look.frames.length).toBeGreaterThan(0);
  });

  test('larger than 4096 pixels is refused', async () => {
    const file = await makeClip(sandbox, join(folder.path, '8k.mp4'), 'color=black:s=7680x4320:r=1:d=1');
    await expect(lookAt(sandbox, file)).rejects.toThrow(/too large/);
  });
});
