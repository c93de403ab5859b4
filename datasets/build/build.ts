import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Interrupted, RunControl } from '../../harness/experiment/control.ts';
import { type OpenBundle, writeWhole } from '../../harness/store/bundle.ts';
import { type ExitCode, exitCodes } from '../../harness/store/errors.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { isRetried } from '../../harness/store/status.ts';
import { readStored, writeStored } from '../stored.ts';
import { assemble, type Quizzed } from './assemble.ts';
import { type BuildConfig, resolvedBuildConfig } from './config.ts';
import { Funnel, type StageCount } from './funnel.ts';
import { gatherTopics, type Noted } from './gather.ts';
import { openShop, type ShopOptions } from './open-shop.ts';
import type { BuildShop } from './shop.ts';
import type { UnitTopic } from './types.ts';

export interface BuildOptions extends ShopOptions {
  /** Items left as failures of ours that still count as done; 0 when absent. */
  failOnError?: number;
  /** `topics` ends after the categories: no quiz, no dataset. */
  until?: 'topics' | 'card';
}

/** Told of everything that happens, to show it. */
export interface BuildWatcher {
  opened(bundle: OpenBundle): void;
  noted: Noted;
}

export interface BuildSummary {
  exitCode: ExitCode;
  funnel: readonly StageCount[];
  /** Folder of the finished dataset; `null` while something is missing. */
  dataset: string | null;
  /** Items left as failures of ours. */
  left: number;
  /** Was a cap of calls or tokens reached? */
  limitReached: boolean;
}

/**
 * Builds a dataset into a bundle: catalogue, filter, segment, topic, category, quiz, card (arXiv 2510.01174, 3.2). The
 * same call again goes on from where it stopped; an answer that was stored is never paid for twice. Each stage leaves
 * `build/<n>-<stage>.jsonl`, all together `build/funnel.json`. Throws MmmcError for what a person must mend first.
 */
export async function buildDataset(
  config: BuildConfig,
  options: BuildOptions,
  watcher: BuildWatcher,
  control = new RunControl(),
): Promise<BuildSummary> {
  // Many short-lived prompts would let V8 grow its young generation by 100 MB, which a long catalogue has no use for.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { shop, limit, close } = openShop(config, resolvedBuildConfig(config), options, control);
  const funnel = new Funnel();
  try {
    watcher.opened(shop.bundle);
    const topics = await gatherTopics(shop, funnel, watcher.noted);
    const goOn = options.until !== 'topics' && !control.stopping && !limit.refused;
    const dataset = goOn ? await finish(shop, funnel, topics, watcher.noted) : null;
    writeFunnel(shop, funnel);
    const left = leftOf(shop);
    const exitCode = codeOf(control, limit.refused, left > (options.failOnError ?? 0));
    return { exitCode, funnel: funnel.counts, dataset, left, limitReached: limit.refused };
  } catch (thrown) {
    control.stop();
    throw thrown;
  } finally {
    await close();
  }
}

/** Stages 6 and 7; `null` when interrupted or over a limit. */
async function finish(
  shop: BuildShop,
  funnel: Funnel,
  topics: readonly UnitTopic[],
  noted: Noted,
): Promise<string | null> {
  const { buildQuizzes } = await import('./quiz.ts');
  const quizzed = await buildQuizzes(shop, topics).catch((thrown: unknown) => {
    if (thrown instanceof Interrupted || shop.control.signal.aborted) return null;
    throw thrown;
  });
  if (quizzed === null) return null;
  countQuestions(funnel, quizzed, noted);
  writeFunnel(shop, funnel);
  const out = join(shop.bundle.paths.folder, 'dataset');
  await writeStored(await assemble(shop, quizzed), out);
  const { writeCard } = await import('./card.ts');
  await writeCard(shop, readStored(out), funnel);
  return out;
}

function countQuestions(funnel: Funnel, quizzed: readonly Quizzed[], noted: Noted): void {
  for (const { topic, validated } of quizzed) {
    for (const { accepted, refusal, question } of validated) {
      // Neither accepted nor refused: a call for it failed, and the next run goes on with it.
      const state = accepted ? 'kept' : refusal === null ? 'open' : 'dropped';
      funnel.note('quiz', state, refusal);
      noted('quiz', state, question.stem, refusal);
    }
    if (!validated.some(({ accepted }) => accepted)) {
      funnel.remark('quiz', 'topic_without_question');
      noted('quiz', 'dropped', topic.title, 'topic_without_question');
    }
  }
}

function writeFunnel(shop: BuildShop, funnel: Funnel): void {
  const path = join(shop.bundle.paths.folder, 'build', 'funnel.json');
  writeWhole(path, `${JSON.stringify(toDisk({ schemaVersion: 1, stages: funnel.counts }), null, 2)}\n`);
}

function leftOf(shop: BuildShop): number {
  const outcomes = [...shop.bundle.state.outcomes.values()];
  return outcomes.filter(({ owner, status }) => shop.items.has(owner) && isRetried(status)).length;
}

function codeOf(control: RunControl, limited: boolean, tooMany: boolean): ExitCode {
  if (control.stopping) return exitCodes.interrupted;
  if (limited) return exitCodes.budget;
  return tooMany ? exitCodes.gateMissed : exitCodes.done;
}
