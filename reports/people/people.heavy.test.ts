import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeClip } from '../../harness/media/clips.fixture.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { checkBundle } from '../../harness/store/check.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { buildResults } from '../build.ts';
import { importPeople } from './import.ts';
import { writeSheet } from './sheet.ts';

const ready = requirePrerequisite('sandbox');
const folder = temporaryFolder();
const bundle = join(folder.path, 'bundle');
let browser: Browser;

/** The stored bundle, with a video in place of its method's failure. */
beforeAll(async () => {
  if (!ready) return;
  cpSync(join(import.meta.dirname, '../../harness/store/fixtures/bundle-v1'), bundle, { recursive: true });
  const cell = (await buildResults(bundle)).cells[0]?.id ?? '';
  const video = `cells/${cell}/video.mp4`;
  const sandbox = await openSandbox({ unsafeLocal: false });
  await makeClip(sandbox, join(bundle, video), 'testsrc=s=320x180:r=15:d=1');
  const outcome = {
    ...{
      type: 'outcome',
      time: '2027-01-01T00:00:00.000Z',
      job: `produce:${cell}`,
      owner: cell,
      status: 'ok',
      cause: null,
    },
    ...{
      message: null,
      measurement: null,
      questions: null,
      video,
      sections: [],
      sandbox: 'bwrap',
      artifacts: [],
      wall_ms: 1,
    },
    video_facts: { duration_s: 1, width: 320, height: 180, fps: 15 },
  };
  const segment = { type: 'segment', time: outcome.time, schema_version: 1, version: '0.1.0', pid: 1 };
  writeFileSync(
    join(bundle, 'journal/99990101T000000000Z-1.jsonl'),
    `${[segment, outcome].map((one) => JSON.stringify(one)).join('\n')}\n`,
  );
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

const rows = z.array(z.record(z.string(), z.string()));

describe.skipIf(!ready)('people', () => {
  const sheet = join(folder.path, 'sheet');
  let saved = '';

  test('see the videos under codes: nothing on the sheet tells where one comes from', async () => {
    const { page, key, videos } = writeSheet(bundle, { to: sheet, seed: 3, quiz: true });
    expect(videos).toBe(1);
    const results = await buildResults(bundle);
    const telling = [
      ...results.methods.flatMap(({ id, label, method }) => [id, label, method]),
      results.cells[0]?.id ?? '',
    ];
    const text = readFileSync(page, 'utf8') + readFileSync(join(sheet, 'ratings.csv'), 'utf8');
    for (const word of telling) expect(text).not.toContain(word);
    expect(readFileSync(key, 'utf8')).toContain(results.cells[0]?.id);
    expect(() => writeSheet(bundle, { to: sheet, seed: 3, quiz: true })).toThrow(/is there already/);
  });

  test('rate on the page, find their ratings again, and save them as a file', async () => {
    const page = await browser.newPage();
    const outside: string[] = [];
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) outside.push(request.url());
    });
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(pathToFileURL(join(sheet, 'sheet.html')).href);
    const begin = async () => {
      await page.fill('[name=rater]', 'Ann, "1"');
      await page.fill('[name=group]', 'college');
      await page.click('#who button');
    };
    await begin();
    for (const [dimension, value] of [
      ['element_layout', '80'],
      ['logic_flow', '35'],
    ])
      await page.fill(`[data-for=${dimension}]`, value ?? '');
    await page.check('fieldset >> nth=0 >> input[value=B]');
    await page.reload();
    await begin();
    expect(await page.inputValue('[data-for=element_layout]')).toBe('80');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    saved = join(folder.path, 'saved.csv');
    await download.saveAs(saved);
    const said = rows.parse(parse(readFileSync(saved, 'utf8'), { columns: true }));
    const of = (dimension: string) => said.find((row) => row.dimension?.startsWith(dimension));
    expect(of('element_layout')).toMatchObject({ rater: 'Ann, "1"', group: 'college', value: '80' });
    expect(of('quiz:')).toMatchObject({ value: 'B' });
    // Not watched to the end; a scale that nobody moved says nothing.
    expect(of('finished')).toMatchObject({ value: 'no' });
    expect(of('attractiveness')).toBeUndefined();
    expect([outside, problems]).toEqual([[], []]);
    await page.close();
  });

  test('and what they said stands in the report of the run, once', async () => {
    const key = `${sheet}-key.csv`;
    expect(() => importPeople(bundle, [saved])).toThrow(/the bundle has no video video-/);
    expect(importPeople(bundle, [saved], key).files).toMatchObject([{ people: 1, videos: 1, known: false }]);
    expect(importPeople(bundle, [saved], key).files).toMatchObject([{ known: true }]);
    const again = join(folder.path, 'again.csv');
    writeFileSync(again, readFileSync(saved, 'utf8').replace(',80', ',90'));
    expect(() => importPeople(bundle, [again], key)).toThrow(/has rated .* before/);
    const results = await buildResults(bundle);
    const figures = results.tables.find(({ id }) => id === 'people')?.rows[0]?.figures;
    expect(figures).toMatchObject({
      elementLayout: { value: 80 },
      logicFlow: { value: 35 },
      raters: { value: 1 },
      completion: { value: 0 },
      average: { value: null },
    });
    expect((await checkBundle(bundle)).problems.filter((problem) => problem.includes('people'))).toEqual([]);
  });
});
