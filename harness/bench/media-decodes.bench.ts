import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { openMedia } from '../experiment/open-workshop.ts';
import type { Media } from '../experiment/workshop.ts';
import { makeClip, words } from '../media/clips.fixture.ts';
import { lookAt } from '../media/frames.ts';
import { readScreens } from '../media/screens.ts';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import type { Measured } from './bench.ts';

/** More than are remembered, so that forgetting shows. */
const videos = 20;
/** As many jobs at once as a run has. */
const atOnce = 32;

/** What a run does with the pictures of a video: two students and a judge are shown its frames, layout reads them too. */
const users: readonly ('look' | 'screens')[] = ['look', 'look', 'look', 'screens'];
const { signal } = new AbortController();

/** How often a video is decoded and read when four measurements look at it: alone, and as a run does it. */
export async function bench(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  try {
    const sandbox = await openSandbox();
    const files = [];
    for (let i = 0; i < videos; i++) files.push(await clip(sandbox, join(folder, `${i}.mp4`), i));
    // First, for a picture that was read once is known from then on.
    const shared = await counted(sandbox, files, openMedia);
    const alone = await counted(sandbox, files.slice(0, 3), async (own) => ({
      look: (file) => lookAt(own, file),
      screens: async (file) => readScreens(own, (await lookAt(own, file)).frames, signal),
    }));
    const what = 'two students, a judge and layout on one video';
    return [
      { what: `decodes of a video, ${what}, each for itself`, value: alone.decodes, unit: 'x', bar: 'none' },
      {
        what: `decodes of a video, ${what}, one small and one large`,
        value: shared.decodes,
        unit: 'x',
        bar: 2,
      },
      { what: `OCR runs of a frame that differs, ${what}`, value: shared.readings, unit: 'x', bar: 1 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two lines one after the other; no two clips show the same words. */
function clip(sandbox: Sandbox, target: string, n: number): Promise<string> {
  const drawn = [words(`number ${n} comes`, 60, 60, 0, 2), words(`${n} plus ${n}`, 60, 200, 2, 4)];
  return makeClip(sandbox, target, 'color=c=black:s=854x480:r=15:d=4', drawn.join(','));
}

/** Decodes for each video, and readings for each of its frames. */
async function counted(
  sandbox: Sandbox,
  files: readonly string[],
  open: (sandbox: Sandbox) => Promise<Pick<Media, 'look' | 'screens'>>,
): Promise<{ decodes: number; readings: number }> {
  let [decodes, readings] = [0, 0];
  const counting: Sandbox = {
    kind: sandbox.kind,
    warm: (program) => sandbox.warm(program),
    run: (job) => {
      if (job.argv[0] === 'ffmpeg' && job.argv.includes('file:in.mp4')) decodes++;
      if (job.argv[0] === 'tesseract') readings++;
      return sandbox.run(job);
    },
  };
  const media = await open(counting);
  const limit = pLimit(atOnce);
  const jobs = files.flatMap((file) => users.map((use) => limit(async () => media[use](file, signal))));
  const frames = (await Promise.all(jobs)).flatMap((seen) => ('frames' in seen ? [] : seen)).length;
  return { decodes: decodes / files.length, readings: readings / frames };
}
