import { expect, test } from 'vitest';
import { openLessonShelf } from '../../../harness/models/offline/lessons.ts';
import { classNameOf, numberIn, withIds } from './ids.ts';
import { readStage } from './read.ts';
import { outlineReader, storyboardReader } from './stages.ts';

test('golden: names of scene classes come from the ids', () => {
  expect(['section_1', 'section_10', 'section_2a'].map(classNameOf)).toEqual([
    'Section1Scene',
    'Section10Scene',
    'Section2AScene',
  ]);
});

test('ids that tell their place are only spelled anew; others are said to be odd', () => {
  expect(['section_1', 'Section 2', 'sec-3', '04', '../x', '', 'section_0'].map(numberIn)).toEqual([
    ...[1, 2, 3, 4, null, null, null],
  ]);
  const { sections, odd } = withIds([{ id: 'Section 1' }, { id: '2' }, { id: 'section_2' }]);
  expect(sections.map(({ id }) => id)).toEqual(['section_1', 'section_2', 'section_3']);
  expect(odd).toEqual(['section_2']);
});

test('every shipped lesson keeps the contract', async () => {
  for (const lesson of await openLessonShelf().all()) {
    const outline = readStage(JSON.stringify(lesson.outline), outlineReader);
    const storyboard = readStage(
      JSON.stringify(lesson.storyboard),
      storyboardReader(outline.ok ? outline.value : null),
    );
    expect([lesson.title, outline, storyboard]).toMatchObject([
      lesson.title,
      { ok: true, broken: [] },
      { ok: true, broken: [] },
    ]);
  }
});
