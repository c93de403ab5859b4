import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClip } from '../../harness/media/clips.fixture.ts';
import { lookAt } from '../../harness/media/frames.ts';
import { readScreens } from '../../harness/media/screens.ts';
import { type Geometry, readGeometry } from '../../harness/render/geometry.ts';
import { openRenderer } from '../../harness/render/manim-renderer.ts';
import { pythonVenv } from '../../harness/render/python.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { lesson } from '../../harness/render/scenes.fixture.ts';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import type { MeasureInput, MeasureStudio } from '../metric.ts';
import { layout } from './layout.ts';

const ready = requirePrerequisite('sandbox');
const folder = temporaryFolder();
const { signal } = new AbortController();
let sandbox: Sandbox;
let rendered: { video: string; geometry: Geometry; durationS: number };

beforeAll(async () => {
  if (!ready) return;
  sandbox = await openSandbox();
  const renderer = openRenderer({ sandbox, python: { venv: pythonVenv() } });
  const scene = lesson(
    "first = Text('the first sentence', font_size=36).move_to([-3, 2, 0])",
    "second = Text('another one below', font_size=36).move_to([-3, -2, 0])",
    "brief = Text('gone before it is read', font_size=36).move_to([-3, 0, 0])",
    'half = Square(2).move_to([64 / 9, 0, 0])',
    'self.add(first, second, brief, half)',
    'self.wait(0.6)',
    'self.remove(brief)',
    'self.wait(2.4)',
    'self.play(second.animate.move_to(first), run_time=1)',
    'self.wait(2)',
  );
  const result = await renderer.render(scene, { quality: 'low', folder: folder.path, signal });
  await renderer.close();
  if (!result.ok) throw new Error(result.error.message);
  const geometry = await readGeometry(result.files.geometry);
  if (geometry === null) throw new Error('the render left no geometry');
  rendered = { geometry, video: result.files.video, durationS: result.files.durationS };
});
afterAll(() => folder[Symbol.dispose]());

/** Measures a file as one act of measuring does, with this geometry. */
async function measured(file: string, parts: Awaited<ReturnType<MeasureStudio['geometry']>>) {
  const observed: Parameters<MeasureStudio['observe']>[0][] = [];
  const unasked = () => Promise.reject(new Error('no model is asked'));
  const look = (path: string) => lookAt(sandbox, path);
  const studio: MeasureStudio = {
    ...{ prompt: () => '', ask: unasked, record: () => undefined, judge: () => undefined },
    ...{ observe: (one) => observed.push(one), geometry: async () => parts, look },
    screens: async (path) => readScreens(sandbox, (await look(path)).frames, signal),
  };
  const quiz = [{ id: 'q', stem: 'Which one?', options: ['a', 'b'], key: 0, tags: [] }];
  const input: MeasureInput = {
    topic: { id: 't', slug: 't', title: 'T', quiz },
    video: { file, sha256: '', content: [], shown: {} },
    second: null,
    measurement: 'm',
  };
  const slot = { id: 's', metric: 'layout', arm: null, topicId: 't', cellId: 'c', order: 'none' };
  const outcome = await layout.measure({ ...slot, endpoint: '', prompt: '', repeat: 0 }, input, studio, {});
  return { outcome, facts: observed[0]?.facts ?? {}, notes: observed[0]?.notes ?? [] };
}

describe.skipIf(!ready)('the layout of a render', () => {
  const parts = () => [{ ...rendered, startS: 0 }];

  test('is what its scene says', async () => {
    const { outcome, facts, notes } = await measured(rendered.video, parts());
    expect(outcome.status).toBe('ok');
    // The second sentence ends on the first, and half of the square is outside.
    expect(facts.textOnText).toBeGreaterThan(0.9);
    expect(facts.worstOverlap).toBeGreaterThan(0.8);
    expect(facts).toMatchObject({ textOnFigure: 0, coveredLecture: 0, contradicted: 0 });
    expect(facts.offFrame).toBeCloseTo(0.5, 2);
    expect(facts.hurried).toBeCloseTo(1 / 3, 9);
    expect(facts.dwell).toBeGreaterThan(4);
    expect(facts.legible).toBeGreaterThan(0.8);
    expect(facts.frozen).toBeGreaterThan(0.7);
    expect(facts).toMatchObject({ black: 0, flicker: 0 });
    expect(notes).toEqual([]);
  });

  test('that its film does not show is contradicted, by name', async () => {
    const other = await makeClip(
      sandbox,
      join(folder.path, 'other.mp4'),
      `testsrc=s=854x480:r=15:d=${rendered.durationS}`,
    );
    const { facts, notes } = await measured(other, parts());
    expect(facts).toMatchObject({ contradicted: 1, legible: 0 });
    expect(notes).toContain('the geometry has “the first sentence”, no frame shows it');
  });

  test('of a video that was not rendered here has no places, and one that is no video is skipped with the cause', async () => {
    const { facts } = await measured(rendered.video, null);
    expect(facts).toHaveProperty('characters');
    expect(facts).not.toHaveProperty('grid');
    const { outcome } = await measured(join(import.meta.dirname, 'layout.ts'), null);
    expect(outcome).toMatchObject({ status: 'skipped', cause: 'video_undecodable' });
    expect(outcome.message).toMatch(/not an mp4/);
  });
});
