import { incompleteness } from '../../harness/models/whole-reply.ts';
import type { SectionReport, Studio } from '../method.ts';
import { ask } from '../repair.ts';
import { type Assignment, coderTask } from './coder.ts';
import { criticize } from './critic/rounds.ts';
import type { CriticTask } from './critic/task.ts';
import { refineScene } from './scope-refine/refine.ts';
import type { RefineTask } from './scope-refine/types.ts';
import type { Settings } from './settings.ts';

/** One section from its plan to its film: first code, ScopeRefine, Critic. Whatever fails in it stays in it. */
export async function produceSection(
  assignment: Assignment,
  settings: Settings,
  studio: Studio,
): Promise<SectionReport> {
  const { id, title } = assignment.section;
  const task = coderTask(assignment, settings, studio);
  const report = { id, title, codeProduced: false, checked: false, rendered: false, repairs: 0 };
  const first = await firstCode(task, studio);
  if (first.code === null) return { ...report, error: first.error };
  const { checked, repairs, repairsByScope, error, code } = await refineScene(first.code, task, studio);
  const refined = { ...report, codeProduced: true, checked, repairs, repairsByScope };
  if (error !== null) return { ...refined, error: { kind: error.kind, message: sentence(error) } };
  const critic = await criticize({ code, folder: id }, criticTask(assignment, task), settings, studio);
  const rounds = critic.rounds.map(({ result }) => result);
  if (critic.code !== code) await studio.write(`${id}/code.py`, critic.code);
  return { ...refined, rendered: true, video: `${critic.folder}/video.mp4`, critic: rounds, error: null };
}

/** The critic sees the plan of the section too; without a planner there is none. */
function criticTask(
  { lesson, section }: Assignment,
  { subfolder, className, modules }: RefineTask,
): CriticTask {
  const { id, title, lectureLines = [], animations = [] } = section;
  return {
    title: lesson.title,
    section: { id, title, lectureLines, animations },
    subfolder,
    className,
    modules,
  };
}

type First = { code: string } | { code: null; error: { kind: string; message: string } };

/** An answer that is not whole, or holds no code, is asked for once more, unless repairs are off. */
async function firstCode(task: RefineTask, studio: Studio, attempt = 1): Promise<First> {
  const tag = { purpose: 'section_code', section: task.section.id, attempt };
  const reply = await studio.chat('coder', ask(task.askAgain()), tag);
  const incomplete = incompleteness(reply);
  const code = incomplete === null ? task.prepare(reply.text) : null;
  if (code !== null) return { code };
  if (attempt === 1 && task.repairs > 0) return firstCode(task, studio, 2);
  const what = incomplete === null ? 'holds no code' : 'is not whole';
  const message = `the coder's answer (${reply.finish}) ${what}`;
  return { code: null, error: { kind: incomplete ?? 'no_code', message } };
}

function sentence(error: { type: string; message: string; frames: readonly { line: number }[] }): string {
  const line = error.frames.at(-1)?.line;
  return `${error.type}: ${error.message}${line === undefined ? '' : ` (line ${line})`}`;
}
