import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRenderer } from '../../render/manim-renderer.ts';
import { pythonVenv } from '../../render/python.ts';
import type { Renderer, SceneError } from '../../render/renderer.ts';
import { openSandbox } from '../../render/sandbox/sandbox.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { answerAsAuthor } from './author.ts';
import { firstDraft } from './drafts.ts';
import { type Lesson, openLessonShelf } from './lessons.ts';

/*
 * Every faulty first draft, run for real: it fails with the error that its lesson names, the author mends it from that very
 * error, and one repair per mistake makes it render. The quickstart does the same for fewer topics.
 */

const { signal } = new AbortController();
const shelf = openLessonShelf();
const modulePath = join(import.meta.dirname, '../../../baselines/code2video/teaching_scene.py');
const modules = { 'teaching_scene.py': readFileSync(modulePath, 'utf8') };
let renderer: Renderer;
beforeAll(async () => {
  renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });
});

/** The error of a draft at its check or, where that passes, at its render; `null` when it renders. */
async function errorOf(code: string, section: string): Promise<{ stage: string; error: SceneError } | null> {
  const className = `Section${section.slice('section_'.length)}Scene`;
  const scene = { code, className, modules };
  const checked = await renderer.check(scene, { signal });
  if (!checked.ok) return { stage: 'check', error: checked.error };
  using folder = temporaryFolder();
  const rendered = await renderer.render(scene, { quality: 'low', folder: folder.path, signal });
  return rendered.ok ? null : { stage: 'render', error: rendered.error };
}

async function repair(lesson: Lesson, section: string, code: string, error: SceneError): Promise<string> {
  const lines = code.split('\n').map((text, index) => ({ line: index + 1, text }));
  const task = {
    task: 'repair',
    topic: { title: lesson.title },
    section: { id: section },
    scope: { kind: 'section', start: 1, end: lines.length },
    code: lines,
    error: { ...error, line: error.frames.at(-1)?.line ?? null },
  };
  const block = JSON.stringify(task).replaceAll('`', '\\u0060');
  const reply = await answerAsAuthor(shelf, `\`\`\`json\n${block}\n\`\`\``);
  const mended = /```python\n([\s\S]*?)\n```/.exec(reply)?.[1];
  if (mended === undefined) throw new Error(`no repair of ${error.type}: ${error.message}`);
  return mended;
}

const letters = (type: string) => type.replaceAll('_', '').toLowerCase();

const faulty = (await shelf.all()).flatMap((lesson) =>
  [...new Set(lesson.mistakes.map(({ section }) => section))].map((section) => ({
    lesson,
    section,
    title: lesson.title,
    mistakes: lesson.mistakes.filter((mistake) => mistake.section === section),
  })),
);

describe.each(faulty)('the first draft of "$title", $section', ({ lesson, section, mistakes }) => {
  it('fails as its lesson says, and each repair mends one mistake of it', async () => {
    const open = mistakes
      .filter(({ stuck }) => !stuck)
      .map(({ stage, error }) => `${stage} ${letters(error)}`);
    let code = (await firstDraft(lesson, section)) ?? '';
    for (let left = open.length; left > 0; left -= 1) {
      const failed = await errorOf(code, section);
      const met = failed && `${failed.stage} ${letters(failed.error.type)}`;
      expect(open).toContain(met);
      if (failed === null) return;
      open.splice(open.indexOf(`${met}`), 1);
      code = await repair(lesson, section, code, failed.error);
    }
    for (const { attempts } of mistakes.filter(({ stuck }) => stuck)) {
      for (const _attempt of attempts) {
        const failed = await errorOf(code, section);
        if (failed === null) throw new Error('a stuck mistake went away');
        code = await repair(lesson, section, code, failed.error);
      }
    }
    const stuck = mistakes.some((mistake) => mistake.stuck);
    expect((await errorOf(code, section)) !== null).toBe(stuck);
  });
});
