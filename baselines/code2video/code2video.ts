import type { Role } from '../../harness/models/chat.ts';
import {
  type CellEstimate,
  defineMethod,
  type Lesson,
  type Production,
  type SectionReport,
  type Studio,
} from '../method.ts';
import { gridOf } from './anchors.ts';
import { resolveAssets } from './assets.ts';
import type { Assignment } from './coder.ts';
import { mergeSections } from './merge.ts';
import { planLesson } from './planner/plan-lesson.ts';
import { teachingModule } from './reference.ts';
import { produceSection } from './section.ts';
import { type Settings, settingsSchema } from './settings.ts';

const prompts = [
  'outline',
  'storyboard',
  'correct-json',
  'section-code',
  'lesson-code',
  'repair-line',
  'repair-block',
  'regenerate',
  'debug-file',
  'critique',
  'rewrite-block',
  'compare',
];

/**
 * Code2Video (paper section 4): the Planner writes outline and storyboard and finds icons; the Coder writes one scene for
 * each section, in parallel, mended by ScopeRefine; the Critic looks at each film and moves what stands wrong; the films
 * are merged in the order of the plan.
 */
export const code2video = defineMethod<Settings>({
  name: 'code2video',
  version: '4',
  settings: settingsSchema,
  roles: ['planner', 'coder', 'critic'],
  uses: rolesOf,
  prompts: prompts.map((name) => `code2video/${name}`),
  renders: true,
  stages: ['outline', 'storyboard'],
  estimate,
  produce,
});

function rolesOf(settings: Settings): Role[] {
  const planner = settings.planner ? (['planner'] as const) : [];
  const critic = settings.critic.rounds > 0 ? (['critic'] as const) : [];
  return [...planner, 'coder', ...critic];
}

/**
 * A lesson has four to seven sections. On a good day the code of each runs at once and the critic finds nothing, or has
 * nothing to see; on a bad one it is mended three times, and changed in each round of the critic.
 */
function estimate({ planner, critic: { rounds }, repairs }: Settings): CellEstimate {
  const sections = planner ? { low: 4, high: 7 } : { low: 1, high: 1 };
  const changes = Math.min(2, rounds);
  return {
    calls: {
      planner: planner ? { low: 2, high: 4 } : 0,
      coder: { low: sections.low, high: sections.high * (1 + Math.min(3, repairs) + changes) },
      critic: { low: rounds > 0 ? sections.low / 2 : 0, high: sections.high * changes },
    },
    renders: { low: sections.low, high: sections.high * (1 + changes) },
  };
}

async function produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const work = await assignments(lesson, settings, studio);
  if (!Array.isArray(work)) return work;
  await studio.write('teaching_scene.py', teachingModule(gridOf(settings.anchors) ?? '6x6'));
  const make = (assignment: Assignment) => produceSection(assignment, settings, studio);
  return mergeSections(await (settings.parallel ? sideBySide : inTurn)(work, make), studio);
}

/** What the coder has to write, or the failure of the plan. Without a planner it is one scene with the whole lesson. */
async function assignments(
  lesson: Lesson,
  settings: Settings,
  studio: Studio,
): Promise<Assignment[] | Production> {
  const none = { shown: [], modules: {} };
  if (!settings.planner) return [{ lesson, section: { id: 'section_1', title: lesson.title }, assets: none }];
  const plan = await planLesson(lesson, settings, studio);
  if (!plan.ok)
    return {
      status: plan.refused ? 'refused' : 'method_failed',
      cause: plan.refused ? 'refused' : 'plan_unusable',
      message: `the ${plan.stage} could not be used: ${plan.problem}`,
      video: null,
      sections: [],
    };
  const { sections } = plan.storyboard;
  const assets = await resolveAssets(sections, settings.externalDatabase.assets, studio);
  return sections.map((section) => ({ lesson, section, assets: assets.get(section.id) ?? none }));
}

type Make = (assignment: Assignment) => Promise<SectionReport>;

/** Like Promise.all, but a failure waits for its siblings: none of them may work on after the cell has ended. */
async function sideBySide(work: readonly Assignment[], make: Make): Promise<SectionReport[]> {
  const sections = work.map(make);
  await Promise.allSettled(sections);
  return Promise.all(sections);
}

async function inTurn(work: readonly Assignment[], make: Make): Promise<SectionReport[]> {
  const made: SectionReport[] = [];
  for (const assignment of work) made.push(await make(assignment));
  return made;
}
