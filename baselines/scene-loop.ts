import { incompleteness } from '../harness/models/whole-reply.ts';
import type { SceneError } from '../harness/render/renderer.ts';
import type { Studio } from './method.ts';
import { ask, repairData } from './repair.ts';

/** One scene to bring to the screen, with a bounded number of repairs. */
export interface SceneTask {
  title: string;
  /** Section id in the ledger; `null` for a method with one scene. */
  section: string | null;
  /** Folder of the production that gets the code of each try, the video and its geometry. */
  subfolder: string;
  className: string;
  modules: Readonly<Record<string, string>>;
  /** Name of the repair prompt. */
  repairPrompt: string;
  repairs: number;
  /** The code in a reply, made fit to be written; `null` where there is none. */
  prepare: (reply: string) => string | null;
  /** Look at the code before any of it runs. */
  inspect: boolean;
  /** Run the fast check before each render. */
  check: boolean;
}

export interface SceneOutcome {
  checked: boolean;
  rendered: boolean;
  repairs: number;
  error: SceneError | null;
}

/** Inspect, check, repair with the located error and the code shown, render; an error that only the render meets is repaired too. */
export async function produceScene(
  firstCode: string,
  task: SceneTask,
  studio: Studio,
): Promise<SceneOutcome> {
  let code = firstCode;
  let checked = false;
  for (let repairs = 0; ; repairs++) {
    await studio.write(`${task.subfolder}/code.${repairs}.py`, code);
    const tried = await tryScene(code, task, repairs, studio);
    checked ||= tried.checked;
    if (tried.error === null) {
      await studio.write(`${task.subfolder}/code.py`, code);
      return { checked, rendered: true, repairs, error: null };
    }
    await studio.write(
      `${task.subfolder}/error.${repairs}.json`,
      `${JSON.stringify(tried.error, null, 2)}\n`,
    );
    if (repairs >= task.repairs) return { checked, rendered: false, repairs, error: tried.error };
    const mended = await repair(code, tried.error, task, repairs + 1, studio);
    // A reply without code, or that was cut or refused, leaves the code as it was: the next try then fails in the same way and is counted.
    code = mended ?? code;
  }
}

async function tryScene(
  code: string,
  task: SceneTask,
  attempt: number,
  studio: Studio,
): Promise<{ checked: boolean; error: SceneError | null }> {
  const scene = { code, className: task.className, modules: task.modules };
  const tag = { purpose: 'scene', attempt, ...(task.section === null ? {} : { section: task.section }) };
  if (task.inspect) {
    const inspected = await studio.inspect(scene, tag);
    if (!inspected.ok) return { checked: false, error: inspected.error };
  }
  if (task.check) {
    const checked = await studio.check(scene, tag);
    if (!checked.ok) return { checked: false, error: checked.error };
  }
  const rendered = await studio.render(scene, task.subfolder, tag);
  return { checked: task.check, error: rendered.ok ? null : rendered.error };
}

async function repair(
  code: string,
  error: SceneError,
  task: SceneTask,
  attempt: number,
  studio: Studio,
): Promise<string | null> {
  const data = repairData({
    title: task.title,
    section: task.section,
    scope: task.section === null ? 'scene' : 'section',
    code,
    error,
  });
  const tag = { purpose: 'repair', attempt, ...(task.section === null ? {} : { section: task.section }) };
  const reply = await studio.chat('coder', ask(studio.prompt(task.repairPrompt, data)), tag);
  return incompleteness(reply) === null ? task.prepare(reply.text) : null;
}
