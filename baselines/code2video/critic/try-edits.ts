import { compareLayout } from '../../../harness/media/layout/compare.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import { compareByCritic } from './compare.ts';
import type { Asked, Edited, RefusedEdit } from './edits.ts';
import { type Looked, rewriteBlocks, sceneOf } from './rewrite.ts';
import { type Standing, stand } from './standing.ts';
import type { Context, CriticRound, RoundResult } from './task.ts';

export interface Made {
  /** The edited code, which passed its inspection; else why it did not. */
  looked: Looked | { failed: string };
  applied: Asked[];
  refused: RefusedEdit[];
}

/** Inspects the edited code, then has blocks rewritten: these are found in the code as the other edits left it. */
export async function makeEdits(edited: Edited, standing: Standing, context: Context): Promise<Made> {
  const { task, studio } = context;
  let looked: Looked = standing;
  if (edited.code !== standing.code) {
    const inspected = await studio.inspect(sceneOf(edited.code, task), tagOf(context));
    if (!inspected.ok)
      return { looked: { failed: say(inspected.error) }, applied: edited.applied, refused: [] };
    looked = { code: edited.code, facts: inspected };
  }
  const rewritten = await rewriteBlocks(looked, edited.rewrites, context);
  return { ...rewritten, applied: [...edited.applied, ...rewritten.applied] };
}

interface Tested {
  result: RoundResult;
  reason: string;
  after: CriticRound['after'];
  /** The section as it stands now: the earlier one unless `kept`. */
  standing: Standing;
  failures: number;
}

/** Checks and renders edited code into a folder of its own, and keeps it if it is measured to be no worse. */
export async function testEdits(
  { looked, applied }: Made,
  standing: Standing,
  context: Context,
): Promise<Tested> {
  const { round, task, settings, studio } = context;
  const stays = (result: RoundResult, reason: string, after: CriticRound['after'] = null, failures = 0) => ({
    ...{ result, reason, after, standing, failures },
  });
  if ('failed' in looked) return stays('does_not_check', looked.failed);
  const scene = sceneOf(looked.code, task);
  const folder = `${task.subfolder}/round_${round}`;
  await studio.write(`${folder}/code.py`, looked.code);
  const checked = await studio.check(scene, tagOf(context));
  if (!checked.ok) return stays('does_not_check', say(checked.error));
  const rendered = await studio.render(scene, folder, tagOf(context));
  if (!rendered.ok) return stays('does_not_render', say(rendered.error));
  const after = await stand(looked, folder, settings.anchors, studio);
  if (after === null) return stays('rolled_back', 'what was rendered cannot be measured');
  const { verdict, reason } = compareLayout(standing.measure, after.measure);
  if (verdict === 'worse') return stays('rolled_back', reason, after.measure);
  const kept = { result: 'kept' as const, reason, after: after.measure, standing: after };
  if (!settings.critic.compares) return { ...kept, failures: 0 };
  const better = await compareByCritic(standing, after, applied, round, task, studio);
  if (better === 'before')
    return stays('rolled_back', 'the critic finds the earlier one better', after.measure);
  return { ...kept, failures: better === null ? 1 : 0 };
}

const tagOf = ({ round, task }: Context) => ({ purpose: 'critic', section: task.section.id, attempt: round });

function say({ type, message, frames }: SceneError): string {
  const line = frames.at(-1)?.line;
  return `${type}: ${message.slice(0, 500)}${line === undefined ? '' : ` (line ${line})`}`;
}
