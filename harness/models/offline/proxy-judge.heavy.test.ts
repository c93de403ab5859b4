import { beforeAll, describe, expect, test } from 'vitest';
import { measurePictures } from '../../media/screens.ts';
import type { Sandbox } from '../../render/sandbox/port.ts';
import { openSandbox } from '../../render/sandbox/sandbox.ts';
import { withWorkspace } from '../../render/workspace.ts';
import { requirePrerequisite } from '../../setup/prerequisites.ts';
import { createProxyJudge } from './proxy-judge.ts';

const ready = requirePrerequisite('sandbox');
let sandbox: Sandbox;

beforeAll(async () => {
  if (ready) sandbox = await openSandbox({ unsafeLocal: false });
});

const font = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
const line = (text: string, x: number, y: number, size = 28, colour = 'white') =>
  `drawtext=fontfile=${font}:text='${text}':x=${x}:y=${y}:fontsize=${size}:fontcolor=${colour}`;

/** A picture of 854 x 480 with a ground and what filters draw on it. */
async function picture(filters: string, ground = 'black'): Promise<Uint8Array> {
  return withWorkspace(async (space) => {
    const argv = ['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', `color=${ground}:s=854x480`, '-vf', filters];
    await sandbox.run({ argv: [...argv, '-frames:v', '1', '-q:v', '2', 'made.jpg'], folder: space.folder });
    const made = await space.read('made.jpg', 5e6);
    if (made === null) throw new Error(`no picture: ${filters}`);
    return made;
  });
}

async function scores(pictures: readonly Uint8Array[]): Promise<{ layout: number; consistency: number }> {
  const judge = createProxyJudge((all) => measurePictures(sandbox, all));
  const texts = pictures.map((_, i) => `Frame at ${i}.0 s:`);
  const reply = await judge(
    { lastUserMessage: 'measure', texts, images: pictures },
    new AbortController().signal,
  );
  const { element_layout: layout, visual_consistency: consistency } = JSON.parse(reply);
  return { layout: layout.score, consistency: consistency.score };
}

const lesson = `${line('Binary search halves the list', 60, 60)},${line('Each look rules out one half', 60, 140)}`;
const falls = (values: readonly number[]) =>
  values.every((value, i) => i === 0 || value < (values[i - 1] ?? 0) - 0.2);

describe.skipIf(!ready)('the proxy judge', () => {
  test.each<[string, (level: number) => string]>([
    ['texts get smaller', (level) => line('Binary search halves the list', 60, 60, [28, 13, 9][level] ?? 9)],
    [
      'texts lie on one another',
      (level) => {
        const [first, second] = [level > 0 ? 9 : 180, level > 1 ? 9 : 180];
        return `${lesson},${line('Only sorted lists can be searched', 60, 60 + first)},${line('Sixteen items need four looks', 60, 140 + second)}`;
      },
    ],
    [
      'things run out of the frame',
      (level) => {
        const x = [500, 760, 760][level] ?? 760;
        const more = level === 2 ? ',drawbox=x=0:y=380:w=854:h=100:color=white:t=fill' : '';
        return `${lesson},drawbox=x=${x}:y=200:w=200:h=120:color=white:t=fill${more}`;
      },
    ],
  ])('gives less for layout the more %s', async (_, filters) => {
    const found = [];
    for (const level of [0, 1, 2]) found.push((await scores([await picture(filters(level))])).layout);
    expect(found[0]).toBeGreaterThan(15);
    expect(falls(found), String(found)).toBe(true);
  });

  test('gives less for consistency the more the ground flickers', async () => {
    const found = [];
    for (const other of ['black', '0x303030', 'white']) {
      const pictures = await Promise.all(
        ['black', other, 'black', other].map((ground) => picture(line('Halves', 60, 60, 28, 'red'), ground)),
      );
      found.push((await scores(pictures)).consistency);
    }
    expect(falls(found), String(found)).toBe(true);
  });

  test('gives less for consistency the more colours there are', async () => {
    const boxes = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        const [r, g, b] = rgbOf((360 / count) * i);
        return `drawbox=x=${40 + 60 * i}:y=300:w=50:h=60:color=0x${r}${g}${b}:t=fill`;
      }).join(',');
    const found = [];
    for (const count of [3, 7, 12])
      found.push((await scores([await picture(`${lesson},${boxes(count)}`)])).consistency);
    expect(falls(found), String(found)).toBe(true);
  });

  test('gives nothing to a blank picture, and refuses what needs understanding', async () => {
    expect(await scores([await picture('null')])).toEqual({ layout: 0, consistency: 0 });
    const judge = createProxyJudge((all) => measurePictures(sandbox, all));
    const asked = { lastUserMessage: '{"logic_flow": …}', texts: [], images: [] };
    await expect(judge(asked, new AbortController().signal)).rejects.toThrow(/needs a VLM/);
  });
});

/** A full colour of a hue in degrees, as hex pairs. */
function rgbOf(hue: number): string[] {
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    const value = 0.5 - 0.5 * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  });
}
