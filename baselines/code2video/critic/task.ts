import type { LayoutMeasure } from '../../../harness/media/layout/measure.ts';
import type { Studio } from '../../method.ts';
import type { Settings } from '../settings.ts';
import type { Edit, Problem } from './critique.ts';
import type { RefusedEdit } from './edits.ts';

/** A section that has been rendered, as the critic is told of it. */
export interface CriticTask {
  /** Title of the topic. */
  title: string;
  section: {
    id: string;
    title: string;
    lectureLines: readonly string[];
    animations: readonly string[];
  };
  /** The section's folder in the production: reports and rounds go there. */
  subfolder: string;
  className: string;
  /** Trusted modules the scene imports, by file name. */
  modules: Readonly<Record<string, string>>;
}

export type CriticSettings = Pick<Settings, 'anchors' | 'critic'>;

/** What the steps of a round are given. */
export interface Context {
  /** From 1. */
  round: number;
  task: CriticTask;
  settings: CriticSettings;
  studio: Studio;
}

/** How a round ended. */
export type RoundResult =
  /** The edited section is better, or no worse, and takes the place of the earlier one. */
  | 'kept'
  /** It was worse: earlier code and video stay. */
  | 'rolled_back'
  | 'nothing_found'
  /** Problems, but no edit that could be made: nothing is rendered. */
  | 'no_edit'
  /** The edits of an earlier round once more: they would undo nothing, or add up. */
  | 'repeats'
  | 'does_not_check'
  | 'does_not_render'
  /** The critic gave no critique that could be read. */
  | 'critic_failed'
  /** What was rendered could not be measured, so nothing could be shown or compared. */
  | 'not_measured';

/** One round, as `critique.<n>.json` keeps it. */
export interface CriticRound {
  /** From 1. */
  round: number;
  result: RoundResult;
  /** Why, in words; `null` where the result says it all. */
  reason: string | null;
  problems: readonly Problem[];
  applied: readonly Edit[];
  refused: readonly RefusedEdit[];
  /** Measured before the round and after its edits; `null`: not rendered. */
  before: LayoutMeasure | null;
  after: LayoutMeasure | null;
  /** Answers of the critic that could not be used. */
  failures: number;
}

export interface CriticOutcome {
  /** Where video.mp4 and geometry.json of the result lie. */
  folder: string;
  code: string;
  rounds: readonly CriticRound[];
  /** Answers of the critic that could not be used, over all rounds. */
  failures: number;
}
