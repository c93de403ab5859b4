import { toDisk } from '../../../harness/store/keys.ts';
import type { Studio } from '../../method.ts';
import type { Tried } from './ask-critic.ts';
import { sceneOf } from './rewrite.ts';
import { runRound } from './round.ts';
import { type Standing, stand } from './standing.ts';
import type { CriticOutcome, CriticRound, CriticSettings, CriticTask } from './task.ts';

/** After these another look at the same section would tell nothing new. */
const final: readonly CriticRound['result'][] = ['nothing_found', 'no_edit', 'repeats', 'not_measured'];

/**
 * The critic of a rendered section (paper section 4.3), for up to `critic.rounds` rounds: it names problems, their edits
 * are made and rendered, and what is measured to be worse is rolled back, code and video together. Each round is kept as
 * `critique.<n>.json` and `occupancy.<n>.json`. A round costs at most a critique, its correction, two rewrites and a
 * comparison, one check and one render. Throws only what the studio throws.
 */
export async function criticize(
  rendered: { code: string; folder: string },
  task: CriticTask,
  settings: CriticSettings,
  studio: Studio,
): Promise<CriticOutcome> {
  const reports: CriticRound[] = [];
  if (settings.critic.rounds === 0) return outcomeOf(rendered, reports);
  let standing = await first(rendered, task, settings, studio);
  if (standing === null) {
    reports.push(notMeasured);
    await keep(notMeasured, task, studio);
    return outcomeOf(rendered, reports);
  }
  const tried: Tried[] = [];
  for (let round = 1; round <= settings.critic.rounds; round += 1) {
    await studio.write(`${task.subfolder}/occupancy.${round}.json`, readable(standing.table));
    const ended = await runRound(standing, tried, { round, task, settings, studio });
    standing = ended.standing;
    if (ended.tried !== null) tried.push(ended.tried);
    reports.push(ended.report);
    await keep(ended.report, task, studio);
    if (final.includes(ended.report.result)) break;
  }
  return outcomeOf(standing, reports);
}

/** The section as it came from the coder; `null` where there is nothing to look at. */
async function first(
  { code, folder }: { code: string; folder: string },
  task: CriticTask,
  { anchors }: CriticSettings,
  studio: Studio,
): Promise<Standing | null> {
  const tag = { purpose: 'critic', section: task.section.id };
  const inspected = await studio.inspect(sceneOf(code, task), tag);
  return inspected.ok ? stand({ code, facts: inspected }, folder, anchors, studio) : null;
}

const notMeasured: CriticRound = {
  round: 1,
  result: 'not_measured',
  reason: 'the geometry of the render, or the code, tells nothing to rest on',
  problems: [],
  applied: [],
  refused: [],
  before: null,
  after: null,
  failures: 0,
};

function keep(report: CriticRound, { subfolder }: CriticTask, studio: Studio): Promise<void> {
  return studio.write(`${subfolder}/critique.${report.round}.json`, readable(report));
}

function outcomeOf({ folder, code }: { folder: string; code: string }, rounds: CriticRound[]): CriticOutcome {
  const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
  return { folder, code, rounds, failures };
}

const readable = (value: unknown) => `${JSON.stringify(toDisk(value), null, 2)}\n`;
