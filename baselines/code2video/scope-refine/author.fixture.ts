import { unknownUsage } from '../../../harness/models/chat.ts';
import { answerAsAuthor } from '../../../harness/models/offline/author.ts';
import { firstDraft } from '../../../harness/models/offline/drafts.ts';
import type { Lesson, LessonShelf } from '../../../harness/models/offline/lessons.ts';
import type { Renderer } from '../../../harness/render/renderer.ts';
import { testFolder } from '../../../harness/testing/folder.ts';
import type { Studio } from '../../method.ts';
import { sceneReference, teachingModule } from '../reference.ts';
import { prepareCode } from '../scene-code.ts';
import { refineScene } from './refine.ts';
import { refineTask, scriptedStudio } from './scripted.fixture.ts';

/** The offline author's first draft of a section, refined in the real renderer. `prompts`: all that was sent to the author. */
export async function refineDraft(renderer: Renderer, lesson: Lesson, id: string, { renders = true } = {}) {
  const draft = await firstDraft(lesson, id);
  if (draft === undefined) throw new Error(`no draft of ${lesson.title}, ${id}`);
  const className = `Section${id.slice('section_'.length)}Scene`;
  const prompts: string[] = [];
  const task = refineTask({
    title: lesson.title,
    section: { id },
    reference: sceneReference('6x6'),
    subfolder: id,
    className,
    modules: { 'teaching_scene.py': teachingModule() },
    prepare: (reply) => prepareCode(reply, { className })?.code ?? null,
  });
  const studio = authorStudio(renderer, lesson, prompts, renders);
  return { draft, prompts, outcome: await refineScene(draft, task, studio) };
}

/** Real author, real renderer; without `renders` what passes the real check counts as rendered. */
function authorStudio(renderer: Renderer, lesson: Lesson, prompts: string[], renders: boolean): Studio {
  const { studio } = scriptedStudio([], () => null);
  const { signal } = studio;
  const folder = testFolder();
  const shelf: LessonShelf = { find: async () => lesson, all: async () => [lesson] };
  return {
    ...studio,
    chat: async (_role, request) => {
      const part = request.messages[0]?.content[0];
      const prompt = part?.type === 'text' ? part.text : '';
      prompts.push(prompt);
      const text = await answerAsAuthor(shelf, prompt);
      return { text, finish: 'stop', usage: unknownUsage, servedModel: null };
    },
    inspect: (scene) => renderer.inspect(scene, { signal }),
    check: (scene) => renderer.check(scene, { signal }),
    render: renders ? (scene) => renderer.render(scene, { quality: 'low', folder, signal }) : studio.render,
  };
}
