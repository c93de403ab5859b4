import type { ChatRequest } from '../../../harness/models/chat.ts';
import { askStructured, type Reading } from '../../../harness/models/structured.ts';
import type { Studio } from '../../method.ts';
import { changesSections, sayViolation, type Violation } from './contract.ts';
import { type Reader, readStage, type Reading as StageReading } from './read.ts';
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
  const requestOf = (prompt: string, correction: Record<string, unknown>): ChatRequest => {
    const text = studio.prompt(prompt, { ...data, referenceImage: picture.sent, ...correction });
    const content = [{ type: 'text' as const, text }, ...(picture.sent ? [picture.part] : [])];
    return { messages: [{ role: 'user', content }] };
  };
  const asked = await askStructured<Held<T>>({
    request: requestOf(`code2video/${stage}`, {}),
    schema: reader.form,
    send: (request, attempt) => {
      const purpose = attempt === 1 ? stage : `${stage}_correction`;
      return studio.chat('planner', request, { purpose, attempt });
    },
    read: ({ text }) => held(readStage(text, reader)),
    correct: (problem, answer) => requestOf('code2video/correct-json', { problem, answer }),
    isBetter,
  });
  if (!asked.ok) return { ok: false, refused: asked.refused, problem: asked.problem };
  return { ok: true, ...asked.value, corrected: asked.asked === 2 };
}

/** A stage held to the contract. */
interface Held<T> {
  value: T;
  broken: readonly Violation[];
}

/** What breaks the contract is what the planner is told to mend. */
function held<T>(reading: StageReading<T>): Reading<Held<T>> {
  if (!reading.ok) return reading;
  const { value, broken } = reading;
  const flaws = broken.slice(0, 30).map(sayViolation).join('\n');
  return { ok: true, value: { value, broken }, ...(broken.length > 0 ? { flaws } : {}) };
}

/** A correction that is no worse is taken: it answers what was said. Sections lost weigh more than any lines. */
function isBetter(second: Held<unknown>, first: Held<unknown>): boolean {
  const [lost, lostBefore] = [changesSections(second.broken), changesSections(first.broken)];
  return lost === lostBefore ? second.broken.length <= first.broken.length : lostBefore;
}
