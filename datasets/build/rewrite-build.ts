import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunControl } from '../../harness/experiment/control.ts';
import { bundleUnwritable, type ExitCode, exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { isRetried } from '../../harness/store/status.ts';
import { compareViews, type ViewFacts } from '../audit/views.ts';
import { loadDataset } from '../load.ts';
import { isStored } from '../stored.ts';
import { rewrittenFile } from '../views/rewritten.ts';
import { applyView, viewsOf } from '../views/view.ts';
import type { BuildWatcher } from './build.ts';
import { openShop, type ShopOptions } from './open-shop.ts';
import { type Rewriting, rewriteDistractors } from './rewrite.ts';
import { type RewriteConfig, resolvedRewriteConfig } from './rewrite-config.ts';

/** Longest-option bot on the rewritten view, at most. */
const bar = 0.35;

export interface RewriteSummary {
  exitCode: ExitCode;
  /** Questions whose key was longer than every distractor, by what became of them. */
  rewritten: number;
  refused: readonly Rewriting[];
  /** Items left for the next run. */
  left: number;
  limitReached: boolean;
  /** The bots on the view that came of it; `null` while something is left. */
  view: ViewFacts | null;
  /** Is the longest option right in at most 35 %, with every topic at three questions or more? */
  passes: boolean;
}

/**
 * Rewrites distractors into a bundle, and gives the dataset its view `rewritten` once nothing is left to do. The same
 * call again goes on from where it stopped. Throws `not_stored` (exit 2) for a dataset that has no folder of its own.
 */
export async function buildRewritten(
  config: RewriteConfig,
  options: ShopOptions & { failOnError?: number },
  watcher: BuildWatcher,
  control = new RunControl(),
): Promise<RewriteSummary> {
  const released = await loadDataset(config.file.dataset);
  if (!isStored(released.folder))
    throw new MmmcError('not_stored', `${config.file.dataset} is no stored dataset`, {
      exitCode: exitCodes.usage,
      hint: 'Import it first: mmmc dataset import mmmc --from <folder>',
    });
  const view = viewsOf(released).includes('corrected') ? 'corrected' : 'released';
  const dataset = view === 'corrected' ? applyView(released, view) : released;
  const { shop, limit, close } = openShop(config, resolvedRewriteConfig(config), options, control);
  try {
    watcher.opened(shop.bundle);
    const rewritings = await rewriteDistractors(shop, dataset, config.file.rounds);
    const open = [...shop.bundle.state.outcomes.values()].filter(({ status }) => isRetried(status)).length;
    const undone = control.stopping || limit.refused;
    const facts = undone || open > 0 ? null : publish(shop.bundle.paths.folder, released);
    const left = open > (options.failOnError ?? 0) ? exitCodes.gateMissed : exitCodes.done;
    return {
      exitCode: control.stopping ? exitCodes.interrupted : limit.refused ? exitCodes.budget : left,
      rewritten: rewritings.filter((rewriting) => rewriting.options !== null).length,
      refused: rewritings.filter((rewriting) => rewriting.options === null),
      left: open,
      limitReached: limit.refused,
      view: facts,
      passes: facts !== null && passes(facts, released.topics.length),
    };
  } finally {
    await close();
  }
}

/** Puts the rewritten questions into the dataset's folder, and looks at the view that makes. */
function publish(bundle: string, released: Awaited<ReturnType<typeof loadDataset>>): ViewFacts | null {
  const target = join(released.folder, rewrittenFile);
  try {
    copyFileSync(join(bundle, rewrittenFile), target);
  } catch (cause) {
    throw bundleUnwritable(target, cause);
  }
  return compareViews(released).views.find(({ view }) => view === 'rewritten') ?? null;
}

function passes({ bots, topics }: ViewFacts, all: number): boolean {
  const longest = bots.find(({ name }) => name === 'longest')?.accuracy ?? 1;
  return longest <= bar && topics === all;
}
