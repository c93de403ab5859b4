import { existsSync } from 'node:fs';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseJson } from '../../reports/json.ts';
import type { Results } from '../../reports/results.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { checkBundle } from '../store/check.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';

/** The whole path once, as `npm start` takes it; every test here reads the bundle that it left. */
const runs = temporaryFolder();
const bundle = join(runs.path, 'quickstart');
let first: Ended;
let results: Results;

const ready = requirePrerequisite('sandbox') && requirePrerequisite('manim');

beforeAll(async () => {
  if (!ready) return;
  first = await mmmc(['run', 'configs/experiments/quickstart.yaml', '--runs', runs.path]);
  process.stdout.write(`quickstart: ${first.seconds.toFixed(1)} s\n`);
  if (first.code !== 0) throw new Error(`the quickstart failed (${first.code}):\n${first.stderr}`);
  results = parseJson(await readFile(join(bundle, 'report/results.json'), 'utf8'));
}, 600_000);
afterAll(() => runs[Symbol.dispose]());

const table = (id: string) => results.tables.find((t) => t.id === id);
const cellsOf = (method: string) => results.cells.filter((cell) => cell.methodId === method);

describe.skipIf(!ready)('the quickstart', () => {
  test('makes at least 12 cells and 9 videos, 5 of them by Manim, and one method fails for good', () => {
    const videos = results.cells.filter((cell) => cell.video !== null);
    expect(results.cells.length).toBeGreaterThanOrEqual(12);
    expect(videos.length).toBeGreaterThanOrEqual(9);
    expect(videos.filter((cell) => cell.methodId !== 'pixel-space').length).toBeGreaterThanOrEqual(5);
    expect(results.cells.filter((cell) => cell.status === 'method_failed').length).toBeGreaterThan(0);
    expect(results.cells.filter((cell) => cell.status === 'infra_error')).toEqual([]);
  });

  test('repairs really happened, and every repair stands in the ledger', () => {
    const made = cellsOf('code2video').filter((cell) => cell.status === 'ok');
    expect(made.length).toBeGreaterThanOrEqual(3);
    for (const cell of made) {
      const repaired = cell.sections.reduce((sum, section) => sum + section.repairs, 0);
      expect(repaired).toBeGreaterThan(0);
      expect(cell.ledger.repairs).toBe(repaired);
    }
  });

  test('every call of a lesson has its purpose: two of the planner, one for each section, repairs, rounds of the critic', () => {
    for (const { ledger, sections } of cellsOf('code2video')) {
      const calls = new Map(ledger.byPurpose.map((line) => [line.purpose, line.calls]));
      const rewrites = calls.get('rewrite_block') ?? 0;
      const rounds = sections.flatMap(({ critic = [] }) => critic).length;
      expect(calls.get('outline')).toBe(1);
      expect(calls.get('storyboard')).toBe(1);
      expect(calls.get('section_code')).toBe(sections.length);
      expect(calls.get('critique') ?? 0).toBe(rounds);
      expect(ledger.calls).toBe(2 + sections.length + ledger.repairs + rounds + rewrites);
    }
  });

  test('the critic mends what a first draft placed wrong, and the better film is the one that is merged', async () => {
    const sections = cellsOf('code2video').flatMap((cell) =>
      cell.sections.map((section) => ({ cell, section })),
    );
    const kept = sections.filter(({ section }) => section.critic?.[0] === 'kept');
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { cell, section } of kept) {
      expect(section.video).toBe(`${section.id}/round_1/video.mp4`);
      const report = await readFile(join(bundle, 'cells', cell.id, section.id, 'critique.1.json'), 'utf8');
      expect(JSON.parse(report)).toMatchObject({ result: 'kept', applied: [expect.anything()] });
    }
  });

  test('an icon that the storyboard names is found, shown, and its licence reported', async () => {
    const withIcons = cellsOf('code2video').flatMap((cell) => cell.assets ?? []);
    expect(withIcons.map(({ name }) => name)).toContain('test-tube');
    expect(await readFile(join(bundle, 'report/index.html'), 'utf8')).toMatch(/test-tube|test tube/);
  });

  test('the student learns from lessons: Code2Video gains more than noise, noise gains nothing', () => {
    const gain = (method: string) =>
      Number(table('teachquiz')?.rows.find((row) => row.methodId === method)?.figures.gain?.value);
    expect(gain('code2video')).toBeGreaterThan(0.25);
    expect(gain('code2video')).toBeGreaterThan(gain('pixel-space') + 0.2);
    expect(Math.abs(gain('pixel-space'))).toBeLessThanOrEqual(0.02);
  });

  test('baseline and unlearned arms were asked once per topic, not once per method', () => {
    const shared = results.measurements.filter((m) => m.metric === 'teachquiz' && m.arm !== 'video');
    expect(shared).toHaveLength(2 * results.topics.length);
    const questions = shared.reduce((sum, m) => sum + m.ledger.calls, 0);
    expect(questions).toBe(2 * results.topics.length * 10);
  });

  test('every figure is scripted, and the report is headed so', async () => {
    expect(results.run.scripted).toBe('all');
    const page = await readFile(join(bundle, 'report/index.html'), 'utf8');
    expect(page).toMatch(/scripted demonstration/i);
    expect(first.stdout).toMatch(/scripted demonstration/i);
    expect(page).not.toMatch(/\bp\s*[=<]\s*0\.|\brank\b|tie group|wins\b/i);
  });

  test('no quiz text reached a method', async () => {
    const stems = new Set(results.measurements.flatMap((m) => m.answers.map((a) => a.stem)));
    expect(stems.size).toBe(40);
    const { readBundle } = await import('../store/bundle.ts');
    const view = readBundle(bundle);
    const cells = new Set(results.cells.map((cell) => cell.id));
    const prompts = view.state.calls.filter((c) => cells.has(c.owner)).map((c) => view.texts.get(c.prompt));
    expect(prompts.length).toBeGreaterThan(30);
    for (const stem of stems) expect(prompts.filter((prompt) => prompt.includes(stem))).toEqual([]);
  });

  test('what it took lies within what was estimated before, and the report shows both', async () => {
    const lines = readBundle(bundle).run.configs.at(-1)?.estimate ?? [];
    const rows = table('estimate')?.rows ?? [];
    expect(lines.length).toBeGreaterThan(0);
    expect(rows).toHaveLength(lines.length);
    for (const [i, { calls, input, output }] of lines.entries()) {
      const fact = rows[i]?.figures ?? {};
      const took = (key: string) => Number(fact[key]?.value ?? 0);
      expect(took('calls')).toBeGreaterThanOrEqual(calls.low);
      expect(took('calls')).toBeLessThanOrEqual(calls.high);
      expect(took('tokens')).toBeGreaterThanOrEqual(input.low + output.low);
      expect(took('tokens')).toBeLessThanOrEqual(input.high + output.high);
    }
    const again = await mmmc([
      ...['estimate', 'configs/experiments/quickstart.yaml'],
      ...['--runs', runs.path, '--json'],
    ]);
    expect(JSON.parse(again.stdout)).toMatchObject({
      total: { unpriced: 0, cost_usd: { low: 0, high: 0 } },
      left: { cells: 0, measurements: 0 },
    });
    expect(again.stdout).not.toContain('guess');
  });

  test('the csv has one row per cell, and reads back', async () => {
    const rows: unknown[] = parse(await readFile(join(bundle, 'report/results.csv'), 'utf8'), {
      columns: true,
    });
    expect(rows).toHaveLength(results.cells.length);
  });

  test('check finds the bundle sound; a changed video and a lost text are found', async () => {
    expect((await mmmc(['check', bundle])).code).toBe(0);
    using copy = temporaryFolder();
    await cp(bundle, copy.path, { recursive: true });
    const video = results.cells.find((cell) => cell.video)?.video ?? '';
    await writeFile(join(copy.path, video), 'another video');
    await rm(join(copy.path, 'texts'), { recursive: true });
    const checked = await mmmc(['check', copy.path]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/is not what it was/);
    expect(checked.stdout).toMatch(/has no text/);
  });

  test('the same command again makes no call, renders nothing, and is done in a moment', async () => {
    const journal = async () => (await stat(join(bundle, 'run.json'))).mtimeMs;
    const before = await journal();
    const again = await mmmc(['run', 'configs/experiments/quickstart.yaml', '--runs', runs.path]);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/All \d+ jobs are done already/);
    expect(await journal()).toBe(before);
    const { readBundle } = await import('../store/bundle.ts');
    const { state } = readBundle(bundle);
    const spent = [...state.calls, ...state.renders].filter(
      (event) => event.time > (results.run.lastEvent ?? ''),
    );
    expect(spent).toEqual([]);
    expect(again.seconds).toBeLessThan(10);
  });

  test('the report can be deleted and made again, byte for byte', async () => {
    using copy = temporaryFolder();
    await cp(bundle, copy.path, { recursive: true });
    const before = await readFile(join(copy.path, 'report/results.json'), 'utf8');
    await rm(join(copy.path, 'report'), { recursive: true });
    expect((await mmmc(['report', copy.path])).code).toBe(0);
    const after = await readFile(join(copy.path, 'report/results.json'), 'utf8');
    expect(JSON.parse(after).tables).toEqual(JSON.parse(before).tables);
    expect(existsSync(join(copy.path, 'report/index.html'))).toBe(true);
  });

  test('score measures with another student and makes no cell again', async () => {
    using copy = temporaryFolder();
    await cp(bundle, copy.path, { recursive: true });
    const scored = await mmmc([
      'score',
      copy.path,
      '--set',
      'endpoints=[{id: second, provider: openai, base_url: "offline:", model: reader, vision: true, timeout_s: 600, parameters: {seed: 2}}]',
      '--set',
      'metrics=[{use: teachquiz, students: [second]}]',
      '--set',
      'topics=[pendulum]',
    ]);
    expect(scored.stderr).not.toMatch(/rendered/);
    expect(scored.code).toBe(0);
    const rescored = parseJson(await readFile(join(copy.path, 'report/results.json'), 'utf8'));
    expect(rescored.measurements.every((m) => m.endpoint === 'second')).toBe(true);
    expect(rescored.cells.map((cell) => cell.id)).toEqual(
      results.cells
        .filter((cell) => rescored.topics.some((t) => t.id === cell.topicId))
        .map((cell) => cell.id),
    );
  });
});

describe.skipIf(!ready)('a stage that a person edited', () => {
  test('is run on from in a cell of its own: no plan is paid for, and tables leave it out unless asked', async () => {
    using copy = temporaryFolder();
    const folder = join(copy.path, 'quickstart');
    await cp(bundle, folder, { recursive: true });
    const [original] = cellsOf('code2video').filter(({ video }) => video !== null);
    const topic = original?.topicId ?? '';
    const storyboard = JSON.parse(
      await readFile(join(folder, 'cells', original?.id ?? '', 'storyboard.json'), 'utf8'),
    );
    const edited = join(copy.path, 'storyboard.json');
    await writeFile(edited, JSON.stringify({ sections: storyboard.sections.slice(0, 1) }));
    const from = ['--from', `storyboard=${edited}`, '--cell', `code2video/${topic}`];
    const args = ['run', 'configs/experiments/quickstart.yaml', '--runs', copy.path];
    const ended = await mmmc([...args, ...from]);
    expect(ended.code, ended.stderr).toBe(0);

    const read = readBundle(folder);
    const cell = read.plan.cells.find((c) => c.edited?.stage === 'storyboard');
    expect(cell?.id).not.toBe(original?.id);
    const outcome = read.state.outcomes.get(`produce:${cell?.id}`);
    expect([outcome?.status, outcome?.sections.length]).toEqual(['ok', 1]);
    const roles = read.state.calls.filter(({ owner }) => owner === cell?.id).map(({ role }) => role);
    expect(new Set(roles)).toEqual(new Set(['coder', 'critic']));
    expect((await checkBundle(folder)).problems).toEqual([]);

    const report = async (...more: string[]) => (await mmmc(['report', folder, '--json', ...more])).stdout;
    expect(parseJson(await report()).cells).toHaveLength(results.cells.length);
    expect(parseJson(await report('--edited')).cells).toHaveLength(results.cells.length + 1);
    const again = await mmmc(args);
    expect(again.stderr).toMatch(/jobs are done already/);
  });
});

describe.skipIf(!ready || !requirePrerequisite('chromium'))('the quickstart’s report in Chromium', () => {
  async function open(
    use: (page: Page, outside: string[], errors: string[]) => Promise<void>,
  ): Promise<void> {
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const outside: string[] = [];
      const errors: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) outside.push(request.url());
      });
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`file://${join(bundle, 'report/index.html')}`);
      await use(page, outside, errors);
    } finally {
      await browser.close();
    }
  }

  test('opens from disk, plays a video, unfolds a question, with no error and no request outside', async () => {
    await open(async (page, outside, errors) => {
      expect(await page.title()).toMatch(/Quickstart/);
      const videos = page.locator('video');
      expect(await videos.count()).toBe(results.cells.filter((cell) => cell.video).length);
      // A string, for the page's own types are not those of this process.
      const played: unknown = await page.evaluate(`(async () => {
        const video = document.querySelector('video');
        video.muted = true;
        await video.play();
        await new Promise((resolve) => setTimeout(resolve, 700));
        return { time: video.currentTime, width: video.videoWidth };
      })()`);
      expect(played).toMatchObject({ width: 854, time: expect.any(Number) });
      expect(z.object({ time: z.number() }).parse(played).time).toBeGreaterThan(0.2);
      const question = page.locator('details').filter({ hasText: '?' }).first();
      await question.locator('summary').first().click();
      expect(await question.getAttribute('open')).not.toBeNull();
      expect(outside).toEqual([]);
      expect(errors).toEqual([]);
    });
  });
});
