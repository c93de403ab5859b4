import type { Lesson, Studio } from '../method.ts';
import { gridOf, referenceFor } from './anchors.ts';
import { classNameOf } from './planner/ids.ts';
import type { StorySection } from './planner/schemas.ts';
import { teachingModule } from './reference.ts';
import { prepareCode } from './scene-code.ts';
import type { RefineTask } from './scope-refine/types.ts';
import type { Settings } from './settings.ts';

/** What the coder is to write: a section of the storyboard or, without a planner, the whole lesson as one scene. */
export interface Assignment {
  lesson: Lesson;
  section: Pick<StorySection, 'id' | 'title'> & Partial<StorySection>;
  /** Icons found for the section: what the coder is told of them, and their files beside the scene. */
  assets: {
    shown: readonly { name: string; description: string }[];
    modules: Readonly<Record<string, string>>;
  };
}

/** The coder's task in one place: first code, repairs and regeneration speak of the same section and scene class. */
export function coderTask(
  { lesson, section, assets }: Assignment,
  settings: Settings,
  studio: Studio,
): RefineTask {
  const className = classNameOf(section.id);
  const reference = referenceFor(settings.anchors);
  const topic = { title: lesson.title, language: lesson.language };
  const anchors = settings.anchors;
  const told = assets.shown.length > 0 ? { ...section, assets: assets.shown } : section;
  const request = settings.planner
    ? { prompt: 'section-code', data: { task: 'section_code', topic, section: told, className, anchors } }
    : { prompt: 'lesson-code', data: { task: 'scene_code', topic, className, anchors } };
  return {
    title: lesson.title,
    language: lesson.language,
    section: told,
    reference,
    anchors,
    subfolder: section.id,
    className,
    modules: { 'teaching_scene.py': teachingModule(gridOf(anchors) ?? '6x6'), ...assets.modules },
    prepare: (reply) => prepareCode(reply, { className })?.code ?? null,
    debug: settings.debug,
    ...settings.scopeRefine,
    repairs: settings.debug === 'none' ? 0 : settings.repairs,
    askAgain: () => studio.prompt(`code2video/${request.prompt}`, request.data, { reference }),
  };
}
