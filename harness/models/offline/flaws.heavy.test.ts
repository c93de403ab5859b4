import { expect, it } from 'vitest';
import { compareLayout } from '../../media/layout/compare.ts';
import { measureLayout } from '../../media/layout/measure.ts';
import { answerAsCritic } from './critic/critic.ts';
import { questionOf, renderWith } from './flaws.fixture.ts';
import { openLessonShelf } from './lessons.ts';

it('a flaw of a first draft is measured in its picture, gone in the finished section, and found by the critic', async () => {
  const lesson = await openLessonShelf().find('Binary search: halving the haystack');
  const flaws = lesson?.flaws.filter(({ section }) => section === 'section_5') ?? [];
  if (lesson === undefined || flaws.length !== 1) throw new Error('the lesson has no such flaw');
  const draft = await renderWith(lesson, 'section_5', flaws);
  const finished = await renderWith(lesson, 'section_5', []);
  const [before, after] = [measureLayout(draft.geometry), measureLayout(finished.geometry)];
  expect(compareLayout(before, after).verdict).toBe('better');
  expect(before.offFrame).toBeGreaterThan(0.02);
  expect(after.offFrame).toBe(0);

  const line = draft.code.split('\n').findIndex((text) => text.includes('move_to([5.2, -3.0, 0])')) + 1;
  const critique = await answerAsCritic(questionOf(draft.geometry, draft.facts));
  expect(critique).toContain('"kind": "off_screen"');
  expect(critique).toMatch(new RegExp(`"action": "move",\\s+"object": "result",\\s+"line": ${line},`));
  expect(await answerAsCritic(questionOf(finished.geometry, finished.facts))).toContain('"problems": []');
});
