import { describe, expect, it } from 'vitest';
import { compareLayout } from '../../media/layout/compare.ts';
import { measureLayout } from '../../media/layout/measure.ts';
import { answerAsCritic } from './critic/critic.ts';
import { questionOf, renderWith } from './flaws.fixture.ts';
import { openLessonShelf } from './lessons.ts';

/* Each flaw of each lesson, rendered alone: the picture is measurably worse with it, and what the table shows is found. */

const flawed = (await openLessonShelf().all()).flatMap((lesson) =>
  lesson.flaws.map((flaw) => ({ lesson, flaw, title: lesson.title, ...flaw })),
);

describe.each(flawed)('the flaw ($kind) in "$title", $section', ({ lesson, flaw, section, kind }) => {
  it('makes the picture worse, and the critic names it with an edit', async () => {
    const draft = await renderWith(lesson, section, [flaw]);
    const finished = await renderWith(lesson, section, []);
    const [before, after] = [measureLayout(draft.geometry), measureLayout(finished.geometry)];
    if (kind === 'timing') {
      expect(before.durationS).toBeLessThan(after.durationS - 2);
      return; // Nothing stands wrong at any moment, so the table shows nothing.
    }
    expect(compareLayout(before, after).verdict).toBe('better');
    const critique = await answerAsCritic(questionOf(draft.geometry, draft.facts));
    expect(critique).toContain(`"kind": "${kind}"`);
    expect(critique).toContain('"action"');
  });
});
