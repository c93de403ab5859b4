import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureResults } from '../fixture.ts';
import { writeReport } from '../write.ts';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let folder = '';
let browser: Browser;
let address = '';

function makeVideo(path: string): void {
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=214x120:r=15:d=2'];
  execFileSync('ffmpeg', ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', '-movflags', '+faststart', path]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mmmc-page-'));
  const results = fixtureResults();
  for (const { video } of results.cells) {
    if (video === null) continue;
    await mkdir(dirname(join(folder, video)), { recursive: true });
    makeVideo(join(folder, video));
  }
  address = pathToFileURL((await writeReport(results, folder)).html).href;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** Opens the page and keeps what a reader must never meet: messages on the console, and other addresses. */
async function open(width: number): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (!/^(file:|data:)/.test(request.url())) problems.push(request.url());
  });
  await page.goto(address);
  return { page, problems };
}

test('the page opens from disk, unfolds a question and its raw reply, and keeps quiet', async () => {
  const { page, problems } = await open(1280);
  const question = page.locator('details.question').nth(1);
  expect(await question.locator('.options').isVisible()).toBe(false);
  await question.locator('> summary').click();
  expect(await question.locator('.options .key').innerText()).toContain('The slope of the tangent line');
  await question.locator('td.reply summary').first().click();
  expect(await question.locator('td.reply pre').first().isVisible()).toBe(true);
  expect(await page.title()).toBe('Three ways to make a lesson');
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(problems).toEqual([]);
  await page.close();
});

test('a video plays from its beginning and stops the one that played before', async () => {
  const { page, problems } = await open(1280);
  const ask = <T>(i: number, what: string) =>
    page.evaluate<T>(`document.querySelectorAll('video')[${i}].${what}`);
  for (const i of [0, 1]) {
    await page.locator('video').nth(i).scrollIntoViewIfNeeded();
    await ask(i, 'play()');
    await expect.poll(() => ask<number>(i, 'currentTime')).toBeGreaterThan(0.1);
    expect(await ask<number>(i, 'currentTime')).toBeLessThan(1.2);
  }
  expect(await ask<boolean>(0, 'paused')).toBe(true);
  expect(problems).toEqual([]);
  await page.close();
});

test('nothing runs over the side of a telephone', async () => {
  const { page } = await open(390);
  for (const summary of await page.locator('details.question > summary').all()) await summary.click();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.close();
});
