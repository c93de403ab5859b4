import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { withWorkspace } from '../render/workspace.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { makeClip } from './clips.fixture.ts';
import { lookAt } from './frames.ts';

const ready = requirePrerequisite('sandbox');
const folder = temporaryFolder();
let sandbox: Sandbox;

beforeAll(async () => {
  if (ready) sandbox = await openSandbox({ unsafeLocal: false });
});
afterAll(() => folder[Symbol.dispose]());

/** Looks at a clip of so many seconds and pictures a second, on which boxes are drawn by a condition. */
async function filmOf(
  name: string,
  seconds: number,
  rate: number,
  ...drawn: [place: string, condition: string][]
) {
  const source = `color=black:s=320x180:r=${rate}:d=${seconds}`;
  const boxes = drawn.map(
    ([place, condition]) => `drawbox=${place}:color=white:t=fill:enable='${condition}'`,
  );
  const file = await makeClip(
    sandbox,
    join(folder.path, `${name}.mp4`),
    source,
    ['null', ...boxes].join(','),
  );
  return (await lookAt(sandbox, file)).film;
}

/** The whole picture light and dark, so many times a second. */
async function flickerOf(hertz: number): Promise<number> {
  const period = 30 / hertz;
  const film = await filmOf(`flash${hertz}`, 3, 30, [whole, `lt(mod(n,${period}),${period / 2})`]);
  return film.flickerHz;
}

const left = 'x=20:y=20:w=100:h=100';
const right = 'x=180:y=20:w=100:h=100';
const whole = 'x=0:y=0:w=320:h=180';

describe.skipIf(!ready)('a video whose measures are known by construction', () => {
  test('black for two seconds of eight, then two scenes, the second held for four', async () => {
    const film = await filmOf('scenes', 8, 15, [left, 'gte(t,2)*lt(t,4)'], [right, 'gte(t,4)']);
    expect(film.durationS).toBeCloseTo(8, 1);
    expect(film.blackShare).toBeCloseTo(0.25, 2);
    expect(film.longestHoldS).toBeCloseTo(4, 0);
    expect(film.frozenShare).toBeCloseTo(1 - 2 / 39, 2);
    // The first one begins a scene too: two in eight seconds.
    expect(film.sceneChangesPerMinute).toBeCloseTo(15, 5);
    expect(film.flickerHz).toBe(0);
  });

  test('a box that moves for half of the time is frozen for the other half', async () => {
    const file = await makeClip(
      sandbox,
      join(folder.path, 'moves.mp4'),
      'color=black:s=320x180:r=15:d=6',
      `split[a][b];[b]crop=60:60:0:0,lutyuv=y=200[c];[a][c]overlay=x=20+40*min(t\\,3):y=20`,
    );
    expect((await lookAt(sandbox, file)).film.frozenShare).toBeCloseTo(0.5, 1);
  });

  test.each([7.5, 15])(
    '%d flashes a second are counted, though the film is looked at less often',
    async (hertz) => {
      expect(await flickerOf(hertz)).toBeCloseTo(hertz, 0);
    },
  );

  test('one change a second and back is no flicker', async () => {
    expect(await flickerOf(1)).toBe(0);
  });
});

describe.skipIf(!ready)('what is no video that can be measured', () => {
  const refusal = async (args: string[]) =>
    withWorkspace(async (space) => {
      const target = join(folder.path, 'odd.mp4');
      await sandbox.run({ argv: ['ffmpeg', '-v', 'error', ...args, 'odd.mp4'], folder: space.folder });
      expect(await space.copyOut('odd.mp4', target, 50e6)).toBe(true);
      return lookAt(sandbox, target).then(
        () => 'measured',
        (error: unknown) => String(error),
      );
    });

  test.each([
    ['without a picture stream', ['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac'], /0 video streams/],
    [
      'of no seconds',
      ['-f', 'lavfi', '-i', 'color=black:s=64x64:d=1', '-vf', 'trim=end=0', '-c:v', 'libx264'],
      /no readable length|no length|no picture|0 video streams/,
    ],
    [
      'of three hours',
      ['-f', 'lavfi', '-i', 'color=black:s=64x64:r=0.1:d=10800', '-c:v', 'libx264'],
      /10800 s is too long/,
    ],
  ])('a file %s is refused with its cause', async (_, args, cause) => {
    expect(await refusal(args)).toMatch(cause);
  });

  test('a film that breaks off is measured as far as it goes, beside the length it claims', async () => {
    const complete = join(folder.path, 'complete.mp4');
    await makeClip(sandbox, complete, 'testsrc2=s=320x180:r=15:d=20');
    const cut = join(folder.path, 'cut.mp4');
    await withWorkspace(async (space) => {
      await space.copyIn('in.mp4', complete);
      const args = ['-v', 'error', '-i', 'in.mp4', '-c', 'copy', '-movflags', '+faststart', 'out.mp4'];
      await sandbox.run({ argv: ['ffmpeg', ...args], folder: space.folder });
      await space.copyOut('out.mp4', cut, 50e6);
    });
    await truncate(cut, 300_000);
    const look = await lookAt(sandbox, cut);
    expect(look.durationS).toBeCloseTo(20, 0);
    expect(look.film.durationS).toBeGreaterThan(1);
    expect(look.film.durationS).toBeLessThan(15);
  });
});
