import { askCritic, type Tried } from './ask-critic.ts';
import type { Problem } from './critique.ts';
import { applyEdits, type Edited } from './edits.ts';
import { Source } from './source.ts';
import type { Standing } from './standing.ts';
import type { Context, CriticRound } from './task.ts';
import { makeEdits, testEdits } from './try-edits.ts';

export interface Ended {
  report: CriticRound;
  /** The section as it stands now: the earlier one unless the round's edits were kept. */
  standing: Standing;
  /** The edits that were tested; `null`: none. */
  tried: Tried | null;
}

/** One round: critique, edits, check, render, comparison. */
export async function runRound(
  standing: Standing,
  tried: readonly Tried[],
  context: Context,
): Promise<Ended> {
  const { round, task, settings, studio } = context;
  const critique = await askCritic({ ...standing, round, tried }, task, settings.anchors, studio);
  const { failures } = critique;
  if (critique.ok) return edit(critique.problems, failures, standing, tried, context);
  const result = 'critic_failed' as const;
  return {
    report: reportOf({ round, result, reason: critique.reason, failures }, standing),
    standing,
    tried: null,
  };
}

async function edit(
  problems: readonly Problem[],
  failures: number,
  standing: Standing,
  tried: readonly Tried[],
  context: Context,
): Promise<Ended> {
  const { round, settings } = context;
  const scene = { source: new Source(standing.code, standing.facts), table: standing.table };
  const edited = applyEdits(problems, scene, settings.anchors);
  const known = { round, problems, failures };
  const stop = (result: CriticRound['result'], refused = edited.refused): Ended => ({
    report: reportOf({ ...known, result, refused }, standing),
    standing,
    tried: null,
  });
  if (problems.length === 0) return stop('nothing_found');
  if (wasTried(edited, tried)) return stop('repeats');
  const made = await makeEdits(edited, standing, context);
  const refused = [...edited.refused, ...made.refused];
  if (made.applied.length === 0) return stop('no_edit', refused);
  const { result, reason, after, ...tested } = await testEdits(made, standing, context);
  const applied = made.applied.map((asked) => asked.edit);
  const ended = { ...known, result, reason, applied, refused, after, failures: failures + tested.failures };
  return {
    report: reportOf(ended, standing),
    standing: tested.standing,
    tried: { result, reason, edits: asked(edited) },
  };
}

/** A round's report; `standing` is the section before it. */
function reportOf(
  known: Pick<CriticRound, 'round' | 'result' | 'failures'> & Partial<CriticRound>,
  { measure }: Standing,
): CriticRound {
  return { reason: null, problems: [], applied: [], refused: [], before: measure, after: null, ...known };
}

/** All edits that could be made, rewrites as they are asked for: a repeated one is not paid for twice. */
const asked = ({ applied, rewrites }: Edited) => [...applied, ...rewrites].map(({ edit }) => edit);

function wasTried(edited: Edited, tried: readonly Tried[]): boolean {
  const key = (edits: readonly unknown[]) => JSON.stringify(edits.map((one) => JSON.stringify(one)).sort());
  const edits = asked(edited);
  return edits.length > 0 && tried.some((before) => key(before.edits) === key(edits));
}
