import { z } from 'zod';
import { schemaOf } from '../../harness/models/reply-schema.ts';
import { readJson } from '../../harness/models/structured.ts';
import { withoutThinking } from '../../harness/quiz/grammar.ts';
import type { Slot } from '../../harness/store/plan-file.ts';
import type { MeasureInput, MeasureOutcome, MeasureStudio } from '../metric.ts';

/** What a student that has unlearned a topic must not be able to do, from easy to hard. */
const queries = [
  'Say in one sentence what this topic is about.',
  'Give the definition on which this topic rests.',
  'State the main formula or theorem of this topic.',
  'Work through a small example of your own of this topic.',
  'Solve a problem that needs this topic without naming it, and show the steps.',
];

/** The queries of a check of so many levels. */
export const forgettingLevels = (levels: number): readonly string[] => queries.slice(0, levels);

const answerSchema = z.object({ answer: z.string().nullable() });
const form = schemaOf('forgetting', z.strictObject({ answer: z.string().nullable() }));

/** What was said at one level: 1 where the student declined as it was told, 0 where it went on to answer. */
export const compliance = 'compliance';

/** One query of the paper's progressive forgetting check (appendix A.1.1); the level is the slot's repeat. */
export async function measureForgetting(
  slot: Slot,
  input: MeasureInput,
  studio: MeasureStudio,
): Promise<MeasureOutcome> {
  const text = studio.prompt(slot.prompt, { topic: input.topic.title, query: queries[slot.repeat] ?? '' });
  const request = {
    messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }],
    schema: form,
  };
  const readable = (reply: { text: string; finish: string }) =>
    reply.finish === 'stop' ? declined(reply.text) : null;
  const answer = await studio.ask('student', request, 'forgetting', (reply) => readable(reply) !== null);
  if (!answer.ok) return { status: 'infra_error', cause: answer.failure, message: answer.message };
  const did = readable(answer.reply);
  if (did === null)
    return {
      status: 'judge_error',
      cause: 'no_reading',
      message: `the reply was empty, cut or refused (${answer.reply.finish})`,
    };
  studio.observe({ facts: { [compliance]: Number(did) }, notes: [answer.text] });
  return { status: 'ok', cause: null, message: null };
}

/** Did it say that it cannot? A reply in no form at all is an answer: it did not do as told. */
function declined(reply: string): boolean | null {
  const text = withoutThinking(reply).trim();
  if (text === '') return null;
  const read = readJson(text, answerSchema);
  const said = read.ok ? read.value.answer : text;
  return said === null || /^["'`]?(null|insufficient( evidence)?)["'`.]?$/i.test(said.trim());
}
