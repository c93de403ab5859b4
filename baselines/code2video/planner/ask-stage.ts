import type { ChatReply } from '../../../harness/models/chat.ts';
import type { Studio } from '../../method.ts';
import { incompleteness } from '../whole-reply.ts';
import { changesSections, sayViolation, type Violation } from './contract.ts';
import { type Reader, type Reading, readStage } from './read.ts';
import type { ReferencePicture } from './reference-picture.ts';

export type Stage = 'outline' | 'storyboard';

/** A stage's result, or its failure: refused, or unusable for a reason. */
export type StageResult<T> =
  | { ok: true; value: T; broken: readonly Violation[]; corrected: boolean }
  | { ok: false; refused: boolean; problem: string };

/**
 * Asks the planner for one stage. What breaks the contract goes back once, named; then the better answer is taken. Two
 * calls at most.
 */
export async function askStage<T, Raw>(
  stage: Stage,
  data: Record<string, unknown>,
  reader: Reader<T, Raw>,
  picture: ReferencePicture,
  studio: Studio,
): Promise<StageResult<T>> {
  const send = (
    prompt: string,
    correction: Record<string, unknown>,
    tag: { purpose: string; attempt: number },
  ) => {
    const text = studio.prompt(prompt, { ...data, referenceImage: picture.sent, ...correction });
    const content = [{ type: 'text' as const, text }, ...(picture.sent ? [picture.part] : [])];
    return studio.chat('planner', { messages: [{ role: 'user', content }] }, tag);
  };
  const reply = await send(`code2video/${stage}`, {}, { purpose: stage, attempt: 1 });
  const first = readReply(reply, reader);
  const problem = problemOf(first);
  if (problem === null) return resultOf(first, [reply]);
  const correction = { problem, answer: reply.text.slice(0, 20_000) };
  const tag = { purpose: `${stage}_correction`, attempt: 2 };
  const again = await send('code2video/correct-json', correction, tag);
  const second = readReply(again, reader);
  const kept = isBetter(second, first) ? second : first;
  return resultOf(kept, [reply, again]);
}

/** A plan in a reply that is not whole is none: it may be a draft that the rest would have taken back. */
function readReply<T, Raw>(reply: ChatReply, reader: Reader<T, Raw>): Reading<T> {
  if (incompleteness(reply) === null) return readStage(reply.text, reader);
  return { ok: false, problem: `the answer is not whole (${reply.finish})` };
}

/** What the planner is told to mend; `null` when there is nothing. */
function problemOf(reading: Reading<unknown>): string | null {
  if (!reading.ok) return reading.problem;
  return reading.broken.length === 0 ? null : reading.broken.slice(0, 30).map(sayViolation).join('\n');
}

/** A correction that is no worse is taken: it answers what was said. Sections lost weigh more than any lines. */
function isBetter(second: Reading<unknown>, first: Reading<unknown>): boolean {
  if (!second.ok) return !first.ok;
  if (!first.ok) return true;
  const [lost, lostBefore] = [changesSections(second.broken), changesSections(first.broken)];
  return lost === lostBefore ? second.broken.length <= first.broken.length : lostBefore;
}

/** Where nothing could be used, one refusal says why. */
function resultOf<T>(reading: Reading<T>, replies: readonly ChatReply[]): StageResult<T> {
  if (reading.ok) return { ...reading, corrected: replies.length > 1 };
  const refused = replies.some((reply) => incompleteness(reply) === 'refused');
  return { ok: false, refused, problem: reading.problem };
}
