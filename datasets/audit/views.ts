import { MmmcError } from '../../harness/store/errors.ts';
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
  /** Views that cannot be had of this content, such as corrections that were written for other content. */
  refused: { view: string; why: string }[];
}

/** Compares the views that can be had of a dataset, which is given as released; the others are named with the reason. */
export function compareViews(dataset: Dataset): ViewComparison {
  const refused: ViewComparison['refused'] = [];
  const read = viewsOf(dataset).flatMap((view) => {
    try {
      return view === 'released' ? dataset : applyView(dataset, view);
    } catch (thrown) {
      if (!(thrown instanceof MmmcError)) throw thrown;
      refused.push({ view, why: thrown.message });
      return [];
    }
  });
  const corrected = read.find(({ view }) => view === 'corrected') ?? dataset;
  const tradeOff = lengthTradeOff(corrected.topics);
  return { views: read.map(factsOf), tradeOff, best: bestLengthRule(tradeOff), refused };
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
