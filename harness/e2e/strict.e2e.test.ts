import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseJson } from '../../reports/json.ts';
import type { Results } from '../../reports/results.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';

const ready = requirePrerequisite('sandbox') && requirePrerequisite('manim');

/** Every kind of arm, on two topics: asked together, so that it is quick. */
const config = `name: strict
dataset: mini
topics: [binary-search, euclid-gcd]
roles: { coder: offline/author, video-generator: offline/noise-video }
methods:
  - { use: direct-code }
  - { use: pixel-space, settings: { seconds: 2 } }
metrics:
  - use: teachquiz
    students: [offline/reader]
    arms: [no_video, blank, title_card, options_only, other_topic, text_only, animation_only]
    orders: 2
    ask: all_at_once
    forgetting_check: 1
`;

describe.skipIf(!ready)('protocol strict, the default', () => {
  const place = temporaryFolder();
  const folder = place.path;
  let first: Ended;
  let results: Results;
  const run = () => mmmc(['run', join(folder, 'strict.yaml'), '--runs', folder]);

  beforeAll(async () => {
    writeFileSync(join(folder, 'strict.yaml'), config);
    first = await run();
    if (first.code === 0)
      results = parseJson(readFileSync(join(folder, 'strict/report/results.json'), 'utf8'));
  }, 300_000);
  afterAll(() => place[Symbol.dispose]());

  const rows = (id: string) => results.tables.find((table) => table.id === id)?.rows ?? [];

  test('runs to its end, and the videos of its controls are made once', () => {
    expect(first.stderr).not.toContain('bug');
    expect(first.code).toBe(0);
    expect(results.run.protocol).toBe('strict');
    const made = readdirSync(join(folder, 'strict/controls')).sort();
    expect(made.filter((name) => name.startsWith('blank'))).toEqual(['blank.mp4']);
    expect(made.filter((name) => name.startsWith('title_card'))).toHaveLength(2);
    expect(made.filter((name) => name.startsWith('text-'))).toHaveLength(2);
  });

  test('a student that knows nothing learns from the right video alone: every control is at 0', () => {
    const gain = (method: string) =>
      rows('teachquiz').find(({ methodId }) => methodId === method)?.figures.gain?.value;
    expect(gain('direct-code')).toBeGreaterThan(0.1);
    expect(gain('pixel-space')).toBe(0);
    for (const { figures } of rows('teachquiz-arms'))
      if (figures.kind?.value === 'control') expect(figures.accuracy?.value).toBe(0);
  });

  test('what the reader read was text: without it nothing is left, and a video without geometry has no parts', () => {
    const accuracy = (arm: string, method: string) =>
      rows('teachquiz-arms').find(
        ({ methodId, figures }) => methodId === method && figures.arm?.value === arm,
      )?.figures.accuracy?.value;
    expect(accuracy('Text only', 'direct-code')).toBeGreaterThan(0.1);
    expect(accuracy('Animation only', 'direct-code')).toBe(0);
    expect(accuracy('Text only', 'pixel-space')).toBeNull();
    const skipped = results.measurements.filter(
      ({ arm, status }) => arm === 'text_only' && status === 'skipped',
    );
    expect(skipped.map(({ reason }) => reason?.code)).toEqual(Array(4).fill('no_geometry'));
  });

  test('options are shown in two orders, and the right one is found in both', () => {
    const videos = results.measurements.filter(
      ({ arm, cellId }) =>
        arm === 'video' && results.cells.find(({ id }) => id === cellId)?.methodId === 'direct-code',
    );
    const [a, b] = videos.filter(({ topicId }) => topicId === videos[0]?.topicId);
    expect(new Set([a?.order, b?.order])).toEqual(new Set(['seed-1', 'seed-2']));
    const keys = (of: typeof a) => of?.answers.map(({ key }) => key).join('');
    expect(keys(a)).not.toBe(keys(b));
    const right = (of: typeof a) => of?.answers.map(({ correct }) => correct);
    expect(right(a)).toEqual(right(b));
  });

  test('the same command again does nothing, the bundle is sound, and nothing is claimed of scripted figures', async () => {
    const again = await run();
    expect(again.code).toBe(0);
    expect(again.stderr).not.toMatch(/ teachquiz /);
    expect((await mmmc(['check', join(folder, 'strict')])).code).toBe(0);
    const compared = await mmmc(['compare', `${folder}/strict:direct-code`, `${folder}/strict:pixel-space`]);
    expect(compared.stdout).toContain('No claim: offline endpoints');
    const unknown = await mmmc(['compare', `${folder}/strict:direct-cod`, `${folder}/strict`]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean direct-code?')]);
    expect(existsSync(join(folder, 'strict/people'))).toBe(false);
  }, 60_000);

  test('what the paper’s protocol does not have is refused under it', async () => {
    const path = join(folder, 'paper.yaml');
    writeFileSync(path, `${config}protocol: paper\n`);
    const refused = await mmmc(['run', path, '--runs', folder]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('protocol: strict')]);
  });
});
