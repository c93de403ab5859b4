import type { Reading } from '../../harness/store/events.ts';
import { overlapPick } from '../audit/bots.ts';
import { letters, needsOf } from '../schema.ts';
import type { Drafted, Quiz } from './quiz-types.ts';

/**
 * A line of `build/6-quiz.jsonl`: one drafted question, whether accepted, refused (with the reason) or open, with what the
 * bots, the student and the reviewer said. Letters are those of `options`; in the dataset the options of an accepted
 * question may stand in another order.
 */
export function quizLine(quiz: Quiz, drafted: Drafted): object {
  const { question, verdict, answers, round, draft } = drafted;
  const { unit, title } = quiz.topic;
  const letterOf = (index: number | null) => (index === null ? null : (letters[index] ?? null));
  return {
    unit: unit.id,
    topic: quiz.topicId,
    title,
    round,
    state: verdict?.state === 'accepted' ? 'kept' : verdict?.state === 'refused' ? 'dropped' : 'open',
    refusal: verdict?.state === 'refused' ? verdict.refusal : null,
    reason: verdict !== null && 'reason' in verdict ? verdict.reason : null,
    question: question.id,
    stem: question.stem,
    options: question.options,
    key: letterOf(question.key),
    needs: needsOf(question.tags),
    overlapBot: letterOf(overlapPick(question)),
    studentBlind: said(answers.blind),
    studentVideo: said(answers.video),
    reviewer: answers.defensible ?? null,
    notes: question.notes ?? null,
    ...(verdict?.state === 'refused' && verdict.refusal === 'wrong_schema' ? { echo: draft } : {}),
  };
}

/** A reading in one word; `null` when nobody was asked. */
function said(reading: Reading | undefined): string | null {
  if (reading === undefined) return null;
  return reading.kind === 'letter' ? reading.letter : reading.kind;
}
