import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeLines, firstDraft, occurrences, smallestChange } from './drafts.ts';
import { directScene, finishedSection, type Lesson, openLessonShelf } from './lessons.ts';

const lessons = await openLessonShelf().all();

/** Every text that a repair could be shown first: each draft and each single-shot scene, by name. */
async function draftsOf(lesson: Lesson): Promise<[string, string][]> {
  const drafts = lesson.storyboard.sections.map(async ({ id }): Promise<[string, string]> => {
    return [`${lesson.title} ${id}`, (await firstDraft(lesson, id)) ?? ''];
  });
  return [...(await Promise.all(drafts)), [`${lesson.title} direct`, await directScene(lesson)]];
}
const allDrafts = (await Promise.all(lessons.map(draftsOf))).flat();
const trimmed = (code: string) => code.split('\n').map((line) => line.trimEnd());

describe.each(lessons)('the lesson "$title"', (lesson) => {
  it('has finished code for each section of its storyboard, and one animation per lecture line', async () => {
    const planned = lesson.outline.sections.map(({ id }) => id);
    expect(lesson.storyboard.sections.map(({ id }) => id)).toEqual(planned);
    for (const section of lesson.storyboard.sections) {
      expect(await finishedSection(lesson, section.id)).toContain('class Section');
      expect(section.animations).toHaveLength(section.lecture_lines.length);
    }
  });

  it('makes mistakes in at least half of its first drafts, each of which differs from the finished code', async () => {
    const sections = new Set(lesson.mistakes.map(({ section }) => section));
    expect(sections.size * 2).toBeGreaterThanOrEqual(lesson.storyboard.sections.length);
    for (const section of sections) {
      const finished = await finishedSection(lesson, section);
      expect(finished).toBeDefined();
      expect(await firstDraft(lesson, section)).not.toBe(finished);
    }
  });

  it('has mistakes whose bad lines occur in one draft only, and once', () => {
    for (const mistake of [...lesson.mistakes, ...lesson.flaws]) {
      const { bad } = smallestChange(codeLines(mistake.bad), codeLines(mistake.good));
      const places = allDrafts.flatMap(([name, code]) => occurrences(trimmed(code), bad).map(() => name));
      expect(places).toEqual([`${lesson.title} ${mistake.section}`]);
    }
  });
});

it('ships lessons with titles that differ', () => {
  expect(new Set(lessons.map(({ title }) => title)).size).toBe(lessons.length);
});

it('keeps the offline endpoints away from data sets: no file of theirs names that folder in an import or a path', async () => {
  const folder = import.meta.dirname;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    expect(await readFile(join(folder, file), 'utf8')).not.toMatch(/['"`/]datasets\b/);
  }
});
