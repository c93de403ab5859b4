import { incompleteness } from '../../../harness/models/whole-reply.ts';
import type { SceneFacts } from '../../../harness/render/inspection.ts';
import { ask } from '../../repair.ts';
import { referenceFor } from '../anchors.ts';
import { namesFor } from '../names.ts';
import { applyPatch } from '../scope-refine/patch.ts';
import { hasSameBlocks, linesOf } from '../scope-refine/scopes.ts';
import type { AnchorMode } from '../settings.ts';
import type { Asked, RefusedEdit, Rewrite } from './edits.ts';
import type { Context, CriticTask } from './task.ts';

/** Requests to the coder in one round. */
export const mostRewrites = 2;

/** A code that passed its inspection, with what that told of it. */
export interface Looked {
  code: string;
  facts: SceneFacts;
}

/**
 * Has the coder rewrite blocks, one after the other, each request with the lines of its block alone. Only these lines are
 * replaced; what does not pass the inspection is refused and changes nothing.
 */
export async function rewriteBlocks(
  from: Looked,
  rewrites: readonly Rewrite[],
  context: Context,
): Promise<{ looked: Looked; applied: Asked[]; refused: RefusedEdit[] }> {
  let looked = from;
  const applied: Asked[] = [];
  const refused: RefusedEdit[] = [];
  for (const [i, rewrite] of rewrites.entries()) {
    const { problem, edit } = rewrite;
    const done =
      i < mostRewrites
        ? await rewriteBlock(looked, rewrite, context)
        : { reason: `more than ${mostRewrites} rewrites in a round` };
    if ('reason' in done) refused.push({ edit, reason: done.reason });
    else {
      looked = done;
      applied.push({ problem, edit });
    }
  }
  return { looked, applied, refused };
}

async function rewriteBlock(
  { code, facts }: Looked,
  rewrite: Rewrite,
  context: Context,
): Promise<Looked | { reason: string }> {
  const { round, task, settings, studio } = context;
  const span = facts.blocks.find(({ line }) => line === rewrite.block);
  if (span === undefined) return { reason: `there is no block ${rewrite.block} any more` };
  const lines = linesOf(code);
  const end = lines.slice(0, span.end).findLastIndex((text) => text.trim() !== '') + 1;
  const scope = { kind: 'block' as const, start: span.start, end };
  const tag = { purpose: 'rewrite_block', section: task.section.id, attempt: round };
  const names = namesFor(facts, scope, referenceFor(settings.anchors));
  const data = rewriteData(lines, scope, rewrite, names, task, settings.anchors);
  const reply = await studio.chat('coder', ask(studio.prompt('code2video/rewrite-block', data)), tag);
  if (incompleteness(reply) !== null) return { reason: `the coder's answer is not whole (${reply.finish})` };
  const patched = applyPatch(code, scope, reply.text, task.className);
  if (patched === null) return { reason: `the coder's answer (${reply.finish}) holds no code for the block` };
  if (patched.code === code) return { reason: 'the coder changed nothing' };
  const inspected = await studio.inspect(sceneOf(patched.code, task), tag);
  if (!inspected.ok)
    return { reason: `the block as rewritten fails: ${inspected.error.type}: ${inspected.error.message}` };
  if (!hasSameBlocks(inspected, facts))
    return { reason: 'the block as rewritten does not light the lecture lines that it did' };
  return { code: patched.code, facts: inspected };
}

/** A scene as studio methods take it. */
export function sceneOf(code: string, { className, modules }: CriticTask) {
  return { code, className, modules };
}

function rewriteData(
  lines: readonly string[],
  scope: { kind: 'block'; start: number; end: number },
  { problem, instruction }: Rewrite,
  names: string[],
  task: CriticTask,
  anchors: AnchorMode,
) {
  return {
    task: 'rewrite',
    topic: { title: task.title },
    section: { id: task.section.id },
    anchors,
    scope,
    code: lines.slice(scope.start - 1, scope.end).map((text, i) => ({ line: scope.start + i, text })),
    problem: { kind: problem.kind, object: problem.object, explanation: problem.explanation, instruction },
    names,
  };
}
