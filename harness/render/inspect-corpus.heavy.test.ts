import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { codeLines } from '../models/offline/drafts.ts';
import { finishedSection, openLessonShelf } from '../models/offline/lessons.ts';
import { inspectScene } from './inspect.ts';
import type { Inspection } from './inspection.ts';
import { pythonProgram, pythonVenv } from './python.ts';
import type { Sandbox } from './sandbox/port.ts';
import { openSandbox } from './sandbox/sandbox.ts';

/* Code that was written for other ends: the lessons of the offline author, good and with each mistake, and Manim's own examples. */

const { signal } = new AbortController();
const python = { venv: pythonVenv() };
const teaching = join(import.meta.dirname, '../../baselines/code2video/teaching_scene.py');
const modules = { 'teaching_scene.py': readFileSync(teaching, 'utf8') };
const lessons = await openLessonShelf().all();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});

const inspect = (code: string, section: string): Promise<Inspection> => {
  const className = `Section${section.slice('section_'.length)}Scene`;
  return inspectScene({ sandbox, python }, { code, className, modules }, { signal });
};

it('every finished section of the lessons passes, and its blocks follow the lecture lines', async () => {
  const sections = lessons.flatMap((lesson) => lesson.storyboard.sections.map(({ id }) => ({ lesson, id })));
  const found = await Promise.all(
    sections.map(async ({ lesson, id }) => {
      const inspection = await inspect((await finishedSection(lesson, id)) ?? '', id);
      return inspection.ok ? inspection.blocks.map(({ line }) => line).join() : inspection.problems;
    }),
  );
  expect(found.length).toBeGreaterThan(30);
  // A few sections light up lines in a loop: those have fewer blocks, but never others.
  expect(found.filter((blocks) => !'0,1,2,3,4,5'.startsWith(String(blocks)))).toEqual([]);
  expect(found.filter((blocks) => String(blocks).length >= '0,1,2,3'.length).length).toBeGreaterThan(28);
});

it('more than half of the mistakes are found before anything runs, under the name that Python gives them', async () => {
  const versions = lessons.flatMap((lesson) =>
    lesson.mistakes.flatMap(({ section, good, bad, error, attempts }) =>
      [{ bad, error }, ...attempts.map((a) => (typeof a === 'string' ? { bad: a, error } : a))].map(
        (version) => ({
          lesson,
          section,
          good: codeLines(good).join('\n'),
          ...version,
        }),
      ),
    ),
  );
  const found = await Promise.all(
    versions.map(async ({ lesson, section, good, bad, error }) => {
      const code = (await finishedSection(lesson, section)) ?? '';
      const faulty = code.replace(good, () => codeLines(bad).join('\n'));
      const inspection = await inspect(faulty, section);
      return inspection.ok ? [] : [{ error, found: inspection.error.type }];
    }),
  );
  expect(found.flat().filter((f) => f.found !== f.error)).toEqual([]);
  expect(found.flat().length).toBeGreaterThan(versions.length / 2);
});

it("Manim's own examples give no alarm but for what they do wrong", () => {
  const program = join(import.meta.dirname, 'worker/manim_examples.fixture.py');
  const printed = execFileSync(pythonProgram(python.venv), ['-B', program], { encoding: 'utf8' });
  const { count, alarms } = z
    .object({ count: z.int(), alarms: z.array(z.tuple([z.string(), z.string()])) })
    .parse(JSON.parse(printed));
  expect(count).toBeGreaterThan(350);
  // Names of another renderer that Manim does not export, one annotation without its import, one download.
  const known = /'OpenGLV(Group|Mobject)' is not defined|^name 'Any' is not defined|no module 'requests'/;
  expect(alarms.filter(([, message]) => !known.test(message))).toEqual([]);
});
