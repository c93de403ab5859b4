import { incompleteness } from '../../../harness/models/whole-reply.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import type { Studio } from '../../method.ts';
import { ask } from '../../repair.ts';
import { History } from './history.ts';
import type { FailedCode } from './requests.ts';
import { errorAfter, look, type Ran, run, unfitness } from './run-code.ts';
import { failingLine } from './scopes.ts';
import { lowestRung, nextStep, type Rung, rungAfter, type Step } from './steps.ts';
import type { RefineOutcome, RefineTask, ScopeKind, TryResult } from './types.ts';

/**
 * ScopeRefine (paper section 4.2): looks at a section's code, checks and renders it, and mends what fails, from the failing
 * line to the block of its lecture line to the whole section. A scope is left when its tries are used up or cannot help; an
 * error that a patch did not bring begins at its line again. At most 1 + `repairs` codes are looked at, checked and rendered, and at most
 * `repairs` requests made, the last of which is rendered like the others. Throws only what the studio throws.
 */
export async function refineScene(
  firstCode: string,
  task: RefineTask,
  studio: Studio,
): Promise<RefineOutcome> {
  const history = new History(task, studio);
  const round = { failures: new Set([textOf(firstCode)]), history, task, studio };
  const stepOf = (ran: Ran, rung: Rung, n: number) => {
    const failed = failedCode(ran);
    return failed === null || n > task.repairs ? null : nextStep(failed, rung, task, studio);
  };
  await history.code(0, firstCode);
  let standing = await run(await look(firstCode, 0, task, studio), 0, task, studio);
  if (standing.error !== null) await history.error(0, standing.error);
  let { checked } = standing;
  let step = stepOf(standing, lowestRung, 1);
  for (let n = 1; step !== null; n += 1) {
    const { result, ran } = await tryStep(step, n, round);
    standing = ran ?? standing;
    checked ||= standing.checked;
    const following = stepOf(standing, rungAfter(step.rung, result), n + 1);
    const { scope, failed } = step;
    const next = following?.scope.kind ?? null;
    await history.add({ number: n, scope, failed: summaryOf(failed), result, next });
    step = following;
  }
  if (standing.error === null) await history.accepted(standing.code);
  return outcomeOf(standing, checked, history);
}

interface Round {
  /** The text of every code that failed or was refused so far. */
  failures: Set<string>;
  history: History;
  task: RefineTask;
  studio: Studio;
}

/** Asks for one repair and runs what comes back, unless it is plain that it cannot help. `ran`: what stands from now on. */
async function tryStep(
  step: Step,
  n: number,
  { failures, history, task, studio }: Round,
): Promise<{ result: TryResult; ran: Ran | null }> {
  const { failed } = step;
  const tag = { purpose: step.purpose, section: task.section.id, attempt: n };
  const reply = await studio.chat('coder', ask(step.request()), tag);
  const incomplete = incompleteness(reply);
  if (incomplete !== null) return { result: incomplete, ran: null };
  const patched = step.read(reply.text);
  if (patched === null) return { result: 'no_code', ran: null };
  if (textOf(patched.code) === textOf(failed.code)) return { result: 'unchanged', ran: null };
  if (failures.has(textOf(patched.code))) return { result: 'repeats_failure', ran: null };
  await history.code(n, patched.code);
  const looked = await look(patched.code, n, task, studio);
  const unfit = step.isPatch ? unfitness(looked, failed, patched) : null;
  const failing = async (error: SceneError | null) => {
    failures.add(textOf(patched.code));
    // A patch can be unfit although nothing in it fails.
    if (error !== null) await history.error(n, error);
  };
  if (unfit !== null) {
    await failing(looked.error);
    return { result: unfit, ran: null };
  }
  const ran = await run(looked, n, task, studio);
  if (ran.error === null) return { result: 'mended', ran };
  await failing(ran.error);
  return { result: errorAfter(ran.error, failed.error, patched, step.isPatch), ran };
}

/** A code without empty lines and spaces at line ends: what differs in these only runs alike. */
function textOf(code: string): string {
  return code.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n');
}

function failedCode({ code, error, facts }: Ran): FailedCode | null {
  return error === null ? null : { code, error, facts };
}

function summaryOf({ code, error }: FailedCode) {
  return {
    kind: error.kind,
    type: error.type,
    message: error.message,
    line: failingLine(code, error),
  };
}

function outcomeOf(
  last: { code: string; error: SceneError | null },
  checked: boolean,
  history: History,
): RefineOutcome {
  const { tries } = history;
  const count = (kind: ScopeKind) => tries.filter(({ scope }) => scope.kind === kind).length;
  return {
    checked,
    rendered: last.error === null,
    repairs: tries.length,
    code: last.code,
    error: last.error,
    tries,
    repairsByScope: { line: count('line'), block: count('block'), section: count('section') },
  };
}
