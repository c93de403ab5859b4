import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { copyBare } from '../../harness/media/bare.ts';
import { makeClip } from '../../harness/media/clips.fixture.ts';
import { probeVideo } from '../../harness/media/probe.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { readBundle } from '../../harness/store/bundle.ts';
import { checkBundle } from '../../harness/store/check.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { buildResults } from '../build.ts';
import { importPeople } from './import.ts';
import { writeSheet } from './sheet.ts';

const ready = requirePrerequisite('sandbox');
const folder = temporaryFolder();
const bundle = join(folder.path, 'bundle');
let browser: Browser;

let sandbox: Sandbox;
const copy = (file: string, target: string) => copyBare(sandbox, file, target);
const tag = 'Made by direct-code';

/** The stored bundle with a second method, and a video of each in place of the stored failure. */
beforeAll(async () => {
  if (!ready) return;
  cpSync(join(import.meta.dirname, '../../harness/store/fixtures/bundle-v1'), bundle, { recursive: true });
  const time = '2027-01-01T00:00:00.000Z';
  const { known, cells } = readBundle(bundle).plan;
  const [first] = cells;
  if (first === undefined) throw new Error('the stored bundle has no cell');
  const second = { ...first, id: 'cell-000000000002', methodId: 'other-way' };
  const plan = { type: 'plan', schemaVersion: 1, time, config: 'c'.repeat(64) };
  appendLines('plan.jsonl', [
    { type: 'cell', ...second },
    { ...plan, cells: [first.id, second.id], slots: [...known.slots.keys()] },
  ]);
  sandbox = await openSandbox();
  await makeClip(sandbox, join(bundle, 'plain.mp4'), 'testsrc=s=320x180:r=15:d=1');
  const outcomes = [first, second].map(({ id }) => {
    const video = `cells/${id}/video.mp4`;
    mkdirSync(join(bundle, 'cells', id), { recursive: true });
    const tagged = ['-metadata', `title=${tag}`, '-metadata', `comment=${id}`];
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-i', join(bundle, 'plain.mp4')],
      ...['-c', 'copy', ...tagged, join(bundle, video)],
    ]);
    return {
      ...{ type: 'outcome', time, job: `produce:${id}`, owner: id, status: 'ok', cause: null },
      ...{ message: null, measurement: null, questions: null, video, sections: [], sandbox: 'bwrap' },
      ...{ artifacts: [], wallMs: 1 },
      videoFacts: { durationS: 1, width: 320, height: 180, fps: 15 },
    };
  });
  const segment = { type: 'segment', time, schemaVersion: 1, version: '0.1.0', pid: 1 };
  appendLines('journal/99990101T000000000Z-1.jsonl', [segment, ...outcomes]);
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

function appendLines(file: string, lines: readonly unknown[]): void {
  appendFileSync(join(bundle, file), lines.map((line) => `${JSON.stringify(toDisk(line))}\n`).join(''));
}

const rows = z.array(z.record(z.string(), z.string()));

const options = { to: '', seed: 3, quiz: true, apart: false };

describe.skipIf(!ready)('people', () => {
  const sheet = join(folder.path, 'sheet');
  const codesOf = (key: string) =>
    new Map(
      rows.parse(parse(readFileSync(key, 'utf8'), { columns: true })).map((row) => [row.cell, row.video]),
    );
  let key = '';
  let saved = '';

  test('see the videos under codes: nothing on the sheet or in its files tells where one comes from', async () => {
    const written = await writeSheet(bundle, copy, { ...options, to: sheet });
    key = written.key;
    expect(written).toEqual({ pages: [join(sheet, 'sheet.html')], key: `${sheet}-key.csv`, videos: 2 });
    const results = await buildResults(bundle);
    const telling = [
      ...results.methods.flatMap(({ id, label, method }) => [id, label, method]),
      ...results.cells.map(({ id }) => id),
      ...[tag, 'other-way', 'x264', 'Lavc', 'Lavf'],
    ];
    const files = readdirSync(sheet, { recursive: true, encoding: 'utf8' });
    expect(files.toSorted()).toEqual(
      [
        ...['ratings.csv', 'sheet.html', 'videos'],
        ...[...codesOf(key).values()].map((code) => `videos/${code}.mp4`),
      ].toSorted(),
    );
    const text = files
      .filter((name) => name !== 'videos')
      .map((name) => readFileSync(join(sheet, name), 'latin1'));
    for (const word of telling) expect(text.join()).not.toContain(word);
    expect([...codesOf(key).keys()].toSorted()).toEqual(results.cells.map(({ id }) => id).toSorted());
    const [video] = files.filter((name) => name.endsWith('.mp4'));
    expect(await probeVideo(sandbox, join(sheet, video ?? ''))).toMatchObject({
      ok: true,
      facts: { durationS: 1 },
    });
    await expect(writeSheet(bundle, copy, { ...options, to: sheet })).rejects.toThrow(/is there already/);
  });

  test('rate on the page with the keyboard, find their ratings again, and save them as a file', async () => {
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
      await page.press('[name=group]', 'Enter');
    };
    await begin();
    const shown = 'form.video:not([hidden])';
    const code = await page.getAttribute(shown, 'data-code');
    await page.fill(`${shown} [data-for=element_layout]`, '79');
    await page.press(`${shown} [data-for=element_layout]`, 'ArrowRight');
    // Passed over, not rated.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+Tab');
    await page.fill(`${shown} [name=rank]`, '2');
    await page.check(`${shown} fieldset >> nth=0 >> input[value=B]`);
    await page.reload();
    await begin();
    expect(await page.inputValue(`${shown} [data-for=element_layout]`)).toBe('80');
    await page.click('#next');
    expect(await page.getAttribute(shown, 'data-code')).not.toBe(code);
    await page.evaluate(`document.querySelector('${shown} video').play()`);
    await page.waitForSelector(`${shown} [name=finished]:checked`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    saved = join(folder.path, 'saved.csv');
    await download.saveAs(saved);
    const said = rows.parse(parse(readFileSync(saved, 'utf8'), { columns: true }));
    const ann = { rater: 'Ann, "1"', group: 'college' };
    expect(said.map(({ dimension, ...row }) => [dimension?.replace(/:.*/, ''), row])).toEqual([
      ['element_layout', { ...ann, video: code, value: '80' }],
      ['logic_flow', { ...ann, video: code, value: '49' }],
      ['rank', { ...ann, video: code, value: '2' }],
      ['quiz', { ...ann, video: code, value: 'B' }],
      ['finished', { ...ann, video: code, value: 'no' }],
      ['finished', { ...ann, video: expect.not.stringContaining(code ?? ''), value: 'yes' }],
    ]);
    expect([outside, problems]).toEqual([[], []]);
    await page.close();
  });

  test('and what they said stands in the report of the run, once', async () => {
    expect(() => importPeople(bundle, [saved])).toThrow(/the bundle has no video video-/);
    expect(importPeople(bundle, [saved], key).files).toMatchObject([{ people: 1, videos: 2, known: false }]);
    expect(importPeople(bundle, [saved], key).files).toMatchObject([{ known: true }]);
    const rated = readFileSync(saved, 'utf8');
    const other = (name: string, content: string) => {
      writeFileSync(join(folder.path, name), content);
      return () => importPeople(bundle, [join(folder.path, name)], key);
    };
    expect(other('again.csv', rated.replace(',80', ',90'))).toThrow(/has rated .* before/);
    expect(
      other('bob.csv', `rater,group,video,dimension,value\n"Ann, ""1""",,cell-000000000002,rank,1\n`),
    ).toThrow(/has rated .* before/);
    expect(other('twice.csv', twice(codesOf(key)))).toThrow(/bob has rated cell-000000000002 before/);
    const results = await buildResults(bundle);
    const figures = results.tables.find(({ id }) => id === 'people')?.rows.map((row) => row.figures);
    const layouts = figures?.map(({ elementLayout, logicFlow, completion, rank }) =>
      [elementLayout, logicFlow, completion, rank].map((figure) => figure?.value),
    );
    expect(layouts).toContainEqual([80, 49, 0, 2]);
    expect(layouts).toContainEqual([null, null, 100, null]);
  });

  test('of their ratings, a check knows what was changed by hand', async () => {
    const problems = async () =>
      (await checkBundle(bundle)).problems.filter((one) => one.includes('people/'));
    expect(await problems()).toEqual([]);
    const [name = ''] = readdirSync(join(bundle, 'people'));
    appendFileSync(join(bundle, 'people', name), '\n');
    writeFileSync(join(bundle, 'people/mine.csv'), 'rater\n');
    expect(await problems()).toEqual([
      `people/${name} is not what was imported`,
      'people/mine.csv is not what was imported',
    ]);
  });

  test('each see one method, where sheets are kept apart', async () => {
    const to = join(folder.path, 'apart');
    const { pages } = await writeSheet(bundle, copy, { ...options, to, apart: true });
    expect(pages).toEqual(['1', '2'].map((name) => join(to, name, 'sheet.html')));
    for (const page of pages) {
      const text = readFileSync(page, 'utf8');
      expect(text.match(/<video /g)).toHaveLength(1);
      expect(text).not.toContain('name="rank"');
    }
  });
});

/** One person of one video, under its code and under its cell's id. */
function twice(codes: ReadonlyMap<string | undefined, string | undefined>): string {
  const cell = 'cell-000000000002';
  return `rater,group,video,dimension,value\nbob,,${cell},rank,1\nbob,,${codes.get(cell)},finished,yes\n`;
}
