import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MmmcError } from '../../store/errors.ts';

/** A try that does not mend a stuck mistake: its lines, alone or with the error that they raise in turn. */
const attemptSchema = z.union([
  z.string().min(1),
  z.strictObject({ bad: z.string().min(1), error: z.string() }),
]);

/** A mistake of a first draft: the finished section has `good`, the draft has `bad` in its place. Whole lines. */
export const mistakeSchema = z.strictObject({
  section: z.string(),
  /** The exception type that running the draft reports. */
  error: z.string(),
  /** Which operation meets it: errors inside updaters are met by the render only. */
  stage: z.enum(['check', 'render']),
  good: z.string().min(1),
  bad: z.string().min(1),
  /** Never mended: repairs answer with `attempts` in turn. */
  stuck: z.boolean().default(false),
  attempts: z.array(attemptSchema).default([]),
});
export type Mistake = z.infer<typeof mistakeSchema>;

/** A flaw of a first draft that raises nothing: things stand wrong, or go before they can be read. Whole lines, as above. */
const flawSchema = z.strictObject({
  section: z.string(),
  kind: z.enum(['overlap', 'off_screen', 'too_small', 'covered_line', 'timing']),
  good: z.string().min(1),
  bad: z.string().min(1),
});
export type Flaw = z.infer<typeof flawSchema>;

const storyboardSectionSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  lecture_lines: z.array(z.string()).min(1),
  /** One per lecture line. */
  animations: z.array(z.string()).min(1),
});

export const lessonSchema = z.strictObject({
  title: z.string().min(1),
  outline: z.looseObject({ sections: z.array(z.looseObject({ id: z.string() })).min(1) }),
  storyboard: z.looseObject({ sections: z.array(storyboardSectionSchema).min(1) }),
  mistakes: z.array(mistakeSchema),
  flaws: z.array(flawSchema).default([]),
  direct: z.strictObject({ fails: z.boolean(), error: z.string().nullable() }),
});
export type LessonText = z.infer<typeof lessonSchema>;

export interface Lesson extends LessonText {
  /** Folder of the lesson; its Python files are read when they are asked for. */
  folder: string;
}

export interface LessonShelf {
  /** The lesson of a topic, found by title without regard to case, spacing and punctuation. */
  find(title: string): Promise<Lesson | undefined>;
  all(): Promise<readonly Lesson[]>;
}

/** The lessons shipped with the harness. */
export const shippedLessons = join(import.meta.dirname, 'lessons');

/** A shelf over a folder with one folder per lesson; the lesson.yaml files are read at the first look-up. */
export function openLessonShelf(folder: string = shippedLessons): LessonShelf {
  let lessons: Promise<Lesson[]> | undefined;
  const all = () => {
    lessons ??= readLessons(folder);
    return lessons;
  };
  return {
    all,
    async find(title) {
      const wanted = normalTitle(title);
      return (await all()).find((lesson) => normalTitle(lesson.title) === wanted);
    },
  };
}

async function readLessons(folder: string): Promise<Lesson[]> {
  const files: string[] = [];
  for await (const file of glob('*/lesson.yaml', { cwd: folder })) files.push(file);
  return Promise.all(files.sort().map((file) => readLesson(join(folder, dirname(file)))));
}

async function readLesson(folder: string): Promise<Lesson> {
  const path = join(folder, 'lesson.yaml');
  const lesson = lessonSchema.safeParse(parse(await readFile(path, 'utf8')));
  if (lesson.success) return { ...lesson.data, folder };
  throw new MmmcError('bad_lesson', `${path}: ${z.prettifyError(lesson.error)}`, { cause: lesson.error });
}

/** The finished code of a section, as a reader of the lesson would see it; `undefined` for a section it has not. */
export async function finishedSection(lesson: Lesson, section: string): Promise<string | undefined> {
  // The id comes from a request: it names a file only if the lesson itself lists it.
  if (!lesson.storyboard.sections.some(({ id }) => id === section)) return undefined;
  return readFile(join(lesson.folder, `${section}.py`), 'utf8');
}

/** The single-shot scene of a lesson. */
export function directScene(lesson: Lesson): Promise<string> {
  return readFile(join(lesson.folder, 'direct.py'), 'utf8');
}

/** A title as titles are compared: without regard to case, spacing and punctuation. */
export function normalTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
