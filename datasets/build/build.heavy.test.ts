import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeClip } from '../../harness/media/clips.fixture.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { checkBundle } from '../../harness/store/check.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { agreeable, build, scriptedModel, writeConfig } from './scripted.fixture.ts';

const chapters = [
  { title: 'Slopes of chords', start_time: 0, end_time: 3 },
  { title: 'Slopes of tangents', start_time: 3, end_time: 8 },
];

/** A folder as yt-dlp leaves it: a good video with captions, one that is damaged, one that was not fetched. */
async function catalogue(folder: string): Promise<void> {
  const sandbox = await openSandbox();
  const info = (stem: string, content: object) =>
    writeFileSync(
      join(folder, `${stem}.info.json`),
      JSON.stringify({ id: stem, duration: 8, chapters, ...content }),
    );
  info('good', { title: 'Derivatives from slopes' });
  info('bad', { title: 'Integrals from areas' });
  info('gone', { title: 'Limits of sequences', chapters: null });
  await makeClip(sandbox, join(folder, 'good.mp4'), 'testsrc=s=160x120:r=15:d=8');
  writeFileSync(join(folder, 'bad.mp4'), readFileSync(join(folder, 'good.mp4')).subarray(0, 900));
  const cue = '00:00:04.000 --> 00:00:05.000\nthe tangent touches the curve\n';
  writeFileSync(join(folder, 'good.en.vtt'), `WEBVTT\n\n${cue}`);
}

const read = (folder: string, name: string) =>
  readFileSync(join(folder, 'run/build', name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

it('cuts real videos at their chapters, drops what cannot be read, and gives time ranges where no video is', async () => {
  const folder = testFolder();
  await catalogue(folder);
  const segments = 'segments: { min_s: 1, cut: encode }\n';
  const config = writeConfig(folder, 'info-json', '.', segments);
  const model = scriptedModel(agreeable);
  const first = await build(folder, config, model.openChat);
  expect(first.funnel.find(({ stage }) => stage === 'filter')).toMatchObject({
    in: 3,
    out: 2,
    dropped: { unreadable_video: 1 },
  });
  const units = read(folder, '3-segment.jsonl');
  expect(units).toHaveLength(4);
  const cut = units.filter((unit) => unit.cut !== null);
  expect(cut.map((unit) => [unit.title, Math.round(unit.cut.duration_s), unit.cut.mode])).toEqual([
    ['Slopes of chords', 3, 'encode'],
    ['Slopes of tangents', 5, 'encode'],
  ]);
  expect(model.asked.filter((text) => text.includes('"transcript": "the tangent touches'))).toHaveLength(2);
  expect(await checkBundle(join(folder, 'run'))).toMatchObject({ problems: [], facts: { files: 4 } });

  const videos = join(folder, 'run/build/videos');
  const before = readdirSync(videos).map((name) => [name, statSync(join(videos, name)).mtimeMs]);
  const asked = model.asked.length;
  await build(folder, config, model.openChat);
  expect(readdirSync(videos).map((name) => [name, statSync(join(videos, name)).mtimeMs])).toEqual(before);
  expect(model.asked).toHaveLength(asked);
  expect(read(folder, '3-segment.jsonl')).toEqual(units);

  appendFileSync(join(folder, 'run', cut[0]?.video), 'x');
  expect((await checkBundle(join(folder, 'run'))).problems).toEqual([
    `${cut[0]?.video} is not what it was when its job ended`,
  ]);
  await build(folder, config, model.openChat);
  expect((await checkBundle(join(folder, 'run'))).problems).toEqual([]);
});
