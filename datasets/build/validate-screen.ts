import { lengthCue } from '../audit/bots.ts';
import type { Question } from '../schema.ts';
import { isOrderBound } from '../views/order-bound.ts';
import type { Drafted, Quiz, Verdict } from './quiz-types.ts';
import { repeats } from './validate-duplicates.ts';
import { lengthProblem, overlapProblem, type Refused, textProblem } from './validate-text.ts';

/** What the whole set is held to. */
export interface SetRules {
  /** BCP 47. */
  language: string;
  /** Questions that the finished set shall have. */
  target: number;
}

/**
 * Refuses, without asking any model, what the text itself shows: broken text, another language, a reference to a lesson,
 * a repetition of any question that stands (in the whole set), a cue of length, a key that cannot be balanced, a cue of
 * words. In the order of the units, so that the first of two equal questions stands. Drafts that pass stay open.
 */
export function screen(quizzes: readonly Quiz[], rules: SetRules): Quiz[] {
  const drafts = quizzes.flatMap((quiz) => quiz.drafts);
  const kept = drafts.filter(({ verdict }) => verdict !== null && verdict.state !== 'refused');
  const fresh = drafts.filter(({ verdict }) => verdict === null);
  const all = [...kept, ...fresh].map(({ question }) => question);
  const repeated = repeats(all.slice(0, kept.length), all.slice(kept.length));
  const set = new StandingSet(rules, all.slice(0, kept.length), refusedIds(drafts));
  const dead = new Set<number>();
  const refusals = new Map<Drafted, Refused>();
  fresh.forEach((draft, i) => {
    const earlier = [...(repeated[i] ?? [])].find((place) => !dead.has(place));
    const refused = set.add(draft.question, earlier === undefined ? undefined : all[earlier]);
    if (refused === null) return;
    refusals.set(draft, refused);
    dead.add(kept.length + i);
  });
  return quizzes.map((quiz) => ({
    ...quiz,
    drafts: quiz.drafts.map((draft) => withVerdict(draft, refusals.get(draft))),
  }));
}

/** The questions that stand so far, and what follows from them for the next one. */
class StandingSet {
  readonly #rules: SetRules;
  readonly #refused: Set<string>;
  readonly #bound: Question[];
  #count: number;
  #longest: number;

  constructor(rules: SetRules, kept: readonly Question[], refused: Set<string>) {
    this.#rules = rules;
    this.#refused = refused;
    this.#bound = kept.filter(isOrderBound);
    this.#count = kept.length;
    this.#longest = kept.filter(isLongest).length;
  }

  /** Takes a question into the set, or says why not; `earlier` is one that it repeats. */
  add(question: Question, earlier: Question | undefined): Refused | null {
    const problem =
      textProblem(question, this.#rules.language) ??
      (this.#refused.has(question.id) ? again : null) ??
      (earlier === undefined ? null : repetition(earlier)) ??
      lengthProblem(question) ??
      longestProblem(question, this.#longest, this.#count) ??
      balanceProblem(question, this.#bound, this.#rules.target) ??
      overlapProblem(question);
    if (problem !== null) {
      this.#refused.add(question.id);
      return problem;
    }
    this.#count++;
    if (isLongest(question)) this.#longest++;
    if (isOrderBound(question)) this.#bound.push(question);
    return null;
  }
}

function refusedIds(drafts: readonly Drafted[]): Set<string> {
  return new Set(
    drafts.flatMap(({ question, verdict }) => (verdict?.state === 'refused' ? [question.id] : [])),
  );
}

const again: Refused = { refusal: 'duplicate', reason: 'the same question was drafted before and refused' };

function repetition({ stem }: Question): Refused {
  return { refusal: 'duplicate', reason: `it repeats “${stem}”` };
}

/** Right options that are the longest of theirs: so many of the questions that stand may have one. */
const longestShare = 0.25;

/** A key that is a little longer is no cue by itself, but as a habit of the whole set it is. */
function longestProblem(question: Question, longest: number, standing: number): Refused | null {
  if (!isLongest(question) || longest + 1 <= 1 + longestShare * (standing + 1)) return null;
  const reason = 'its right option is the longest, as that of too many questions before it';
  return { refusal: 'length_cue', reason };
}

const isLongest = (question: Question) => lengthCue(question) > 1;

/** A question whose order is bound may not take more than its letter's share of the set. */
function balanceProblem(question: Question, bound: readonly Question[], target: number): Refused | null {
  if (!isOrderBound(question)) return null;
  const taken = bound.filter(
    ({ key, options }) => key === question.key && options.length === question.options.length,
  ).length;
  if (taken < Math.max(1, Math.floor(target / question.options.length))) return null;
  const reason = 'options that name other options keep their order, and its letter is the key often enough';
  return { refusal: 'key_imbalance', reason };
}

function withVerdict(draft: Drafted, refused: Refused | undefined): Drafted {
  if (refused === undefined) return draft;
  const verdict: Verdict = { state: 'refused', ...refused };
  return { ...draft, verdict };
}
