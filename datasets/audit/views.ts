import type { Dataset } from '../schema.ts';
import { bestLengthRule, type LengthRule, lengthTradeOff } from '../views/length-fair.ts';
import { applyView, viewsOf } from '../views/view.ts';
import { type BotResult, runBots } from './bots.ts';
import { letterCounts } from './cues.ts';

/** What the bots reach on one view, and what it leaves. */
export interface ViewFacts {
  view: string;
  questions: number;
  /** Topics with at least three questions. */
  topics: number;
  /** Share of the most frequent key letter; `null` without questions. */
  mostFrequentLetter: number | null;
  bots: BotResult[];
}

/** All views of a dataset side by side, and the trade-off that `length-fair` is the best point of. */
export interface ViewComparison {
  views: ViewFacts[];
  tradeOff: LengthRule[];
  best: LengthRule | null;
}

/** Compares the views that can be had of a dataset, which is given as released. */
export function compareViews(dataset: Dataset): ViewComparison {
  const known = viewsOf(dataset);
  const read = known.map((view) => (view === 'released' ? dataset : applyView(dataset, view)));
  const corrected = read.find(({ view }) => view === 'corrected') ?? dataset;
  const tradeOff = lengthTradeOff(corrected.topics);
  return { views: read.map(factsOf), tradeOff, best: bestLengthRule(tradeOff) };
}

function factsOf({ view, topics }: Dataset): ViewFacts {
  const questions = topics.flatMap(({ quiz }) => quiz);
  const letters = letterCounts(questions).counts.map(({ count }) => count);
  return {
    view,
    questions: questions.length,
    topics: topics.filter(({ quiz }) => quiz.length >= 3).length,
    mostFrequentLetter: questions.length === 0 ? null : Math.max(...letters) / questions.length,
    bots: runBots(questions),
  };
}
