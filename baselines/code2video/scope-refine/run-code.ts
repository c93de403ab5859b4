import type { SceneFacts } from '../../../harness/render/inspection.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import type { Studio } from '../../method.ts';
import type { Patched } from './patch.ts';
import { failingLine, hasSameBlocks } from './scopes.ts';
import type { RefineTask } from './types.ts';

/** A code that was looked at: how far it came. */
export interface Looked {
  code: string;
  facts: SceneFacts;
  /** What forbids to run it; `null`: it may run. */
  error: SceneError | null;
}

/** A code that was run, as far as it came. */
export interface Ran extends Looked {
  checked: boolean;
}

/** Reads the code without running any of it. */
export async function look(code: string, attempt: number, task: RefineTask, studio: Studio): Promise<Looked> {
  const seen = await studio.inspect(sceneOf(code, task), tagOf(attempt, task));
  if (!seen.ok) return { code, facts: seen.facts, error: seen.error };
  return { code, facts: seen, error: null };
}

/** The fast check, and only behind it the render. */
export async function run(looked: Looked, attempt: number, task: RefineTask, studio: Studio): Promise<Ran> {
  if (looked.error !== null) return { ...looked, checked: false };
  const scene = sceneOf(looked.code, task);
  const checked = await studio.check(scene, tagOf(attempt, task));
  if (!checked.ok) return { ...looked, checked: false, error: checked.error };
  const rendered = await studio.render(scene, task.subfolder, tagOf(attempt, task));
  return { ...looked, checked: true, error: rendered.ok ? null : rendered.error };
}

const sceneOf = (code: string, task: RefineTask) => ({
  code,
  className: task.className,
  modules: task.modules,
});
const tagOf = (attempt: number, task: RefineTask) => ({
  purpose: 'scene',
  section: task.section.id,
  attempt,
});

/**
 * What the error of the new code is to the one that was to be mended. An error in the lines of a patch is one that this
 * patch could have avoided, whatever its words: else a coder that writes a new fault into the same line each time would
 * be asked for that line for ever. Where the whole section is new, another error is mended at its line like any other.
 */
export function errorAfter(
  error: SceneError,
  before: SceneError,
  patched: Patched,
  isPatch: boolean,
): 'same_error' | 'own_error' | 'other_error' {
  const alike = error.kind === before.kind && error.type === before.type && error.message === before.message;
  const line = failingLine(patched.code, error);
  const isInside = line !== null && patched.start <= line && line <= patched.end;
  if (alike && (line === null || isInside)) return 'same_error';
  return isPatch && isInside ? 'own_error' : 'other_error';
}

/** What makes a patch unfit before anything of it runs; `null`: nothing. */
export function unfitness(
  looked: Looked,
  before: { code: string; facts: SceneFacts; error: SceneError },
  patched: Patched,
): 'does_not_parse' | 'loses_construct' | 'changes_blocks' | null {
  if (looked.error?.kind === 'syntax') {
    const line = failingLine(looked.code, looked.error);
    // A file that did not parse before may have a second fault, which is none of the patch's.
    const isOthers =
      before.error.kind === 'syntax' && line !== null && (line < patched.start || line > patched.end);
    return isOthers ? null : 'does_not_parse';
  }
  const lost = looked.facts.blocks.length === 0 && before.facts.blocks.length > 0;
  if (lost && looked.error !== null) return 'loses_construct';
  return mayChangeBlocks(before) || keepsLines(looked, before) ? null : 'changes_blocks';
}

/** Are the lecture lines still lit as they were? What does not parse has blocks by the look of its lines alone. */
function keepsLines(looked: Looked, before: { code: string; facts: SceneFacts; error: SceneError }): boolean {
  if (before.error.kind !== 'syntax') return hasSameBlocks(looked.facts, before.facts);
  const calls = ({ code }: { code: string }) => code.match(/\bself\.line\([^)\n]*/g)?.join();
  return calls(looked) === calls(before);
}

/** Where a call of `self.line` is itself what failed it may get another number, or go. */
function mayChangeBlocks({ code, facts, error }: { code: string; facts: SceneFacts; error: SceneError }) {
  const line = failingLine(code, error);
  return line !== null && facts.blocks.some((block) => block.line > 0 && block.start === line);
}
