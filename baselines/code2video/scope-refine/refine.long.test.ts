import { beforeAll, describe, expect, it } from 'vitest';
import { openLessonShelf } from '../../../harness/models/offline/lessons.ts';
import { openRenderer } from '../../../harness/render/manim-renderer.ts';
import { pythonVenv } from '../../../harness/render/python.ts';
import type { Renderer } from '../../../harness/render/renderer.ts';
import { openSandbox } from '../../../harness/render/sandbox/sandbox.ts';
import { refineDraft } from './author.fixture.ts';

/* Every faulty first draft of the shipped lessons, with the settings that are the default. */

const shelf = openLessonShelf();
let renderer: Renderer;
beforeAll(async () => {
  renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });
});

const faulty = (await shelf.all()).flatMap((lesson) =>
  [...new Set(lesson.mistakes.map(({ section }) => section))].map((section) => ({
    lesson,
    section,
    title: lesson.title,
    isStuck: lesson.mistakes.some((mistake) => mistake.section === section && mistake.stuck),
  })),
);

describe.each(faulty)('the first draft of "$title", $section', ({ lesson, section, isStuck }) => {
  it('is mended within the limits, unless it is one that never is', async () => {
    const { outcome } = await refineDraft(renderer, lesson, section);
    expect(outcome.rendered).toBe(!isStuck);
    expect(outcome.repairs).toBeGreaterThan(0);
    expect(outcome.repairs).toBeLessThanOrEqual(6);
  });
});
