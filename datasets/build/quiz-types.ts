import type { Reading } from '../../harness/store/events.ts';
import type { Problem } from './shop.ts';
import type { Refusal, UnitTopic, Validated } from './types.ts';

/** What became of a draft; `undecided` waits for the next run (no problem: interrupted, or over a limit). */
export type Verdict =
  | { state: 'accepted' }
  | { state: 'refused'; refusal: Refusal; reason: string }
  | { state: 'undecided'; problem: Problem | null; reason: string };

/** Who answered what, as letters of the order drafted; absent when nobody was asked. */
export interface Answers {
  /** The student without the video. */
  blind?: Reading;
  /** The student with the frames of the unit. */
  video?: Reading;
  /** Options that the reviewer holds to be defensible. */
  defensible?: readonly string[];
}

/** One drafted question with all that was found out about it. */
export interface Drafted extends Pick<Validated, 'question' | 'round'> {
  /** As the builder sent it. */
  draft: unknown;
  answers: Answers;
  /** `null` while it is being looked at. */
  verdict: Verdict | null;
}

/** The quiz of one unit on its way. */
export interface Quiz {
  topic: UnitTopic;
  topicId: string;
  /** Id of its item, `quiz-…`: job, and owner of its calls. */
  item: string;
  drafts: readonly Drafted[];
  /** Why nothing more is drafted: a failure, or `null` as problem: interrupted or over a limit. */
  stopped: { problem: Problem | null; retry: boolean } | null;
}

/** Questions of a quiz that passed. */
export function acceptedOf(quiz: Quiz): Drafted[] {
  return quiz.drafts.filter(({ verdict }) => verdict?.state === 'accepted');
}
