import { z } from 'zod';
import { letters } from '../../datasets/schema.ts';
import type { ChatRequest } from '../../harness/models/chat.ts';
import { schemaOf } from '../../harness/models/reply-schema.ts';
import { readAnswer } from '../../harness/quiz/grammar.ts';
import { readAnswers } from '../../harness/quiz/grammar-all.ts';
import {
  questionBlock,
  questionBlocks,
  type ShownQuestion,
  showQuestion,
} from '../../harness/quiz/question.ts';
import type { Reading } from '../../harness/store/events.ts';
import type { Slot } from '../../harness/store/plan-file.ts';
import type { MeasureInput, MeasureOutcome, MeasureStudio } from '../metric.ts';
import { measureForgetting } from './forgetting.ts';
import { orderOf } from './orders.ts';

const letter = z.enum(letters).nullable();
const oneForm = schemaOf('answer', z.strictObject({ answer: letter }));
const allForm = schemaOf(
  'answers',
  z.strictObject({ answers: z.array(z.strictObject({ question: z.int(), answer: letter })) }),
);

/** One arm of one student on one topic's quiz, its questions in the slot's order of options. */
export async function measureArm(
  slot: Slot,
  input: MeasureInput,
  studio: MeasureStudio,
): Promise<MeasureOutcome> {
  if (slot.arm === 'forgetting') return measureForgetting(slot, input, studio);
  const questions = input.topic.quiz.map((question) => {
    const shown = showQuestion(question, orderOf(slot.order, question));
    return slot.arm === 'options_only' ? { ...shown, stem: withheld } : shown;
  });
  const groups = isTogether(slot) ? [questions] : questions.map((question) => [question]);
  const asked = await Promise.all(groups.map((group) => ask(slot, group, input, studio)));
  const failed = asked.filter((answer) => answer !== null);
  const [first] = failed;
  if (first === undefined) return { status: 'ok', cause: null, message: null };
  return {
    status: first.failure === 'no_reading' ? 'judge_error' : 'infra_error',
    cause: first.failure,
    message: `${failed.length} of ${groups.length} requests have no reading; first: ${first.message}`,
  };
}

/** Stands where the question was: the options alone are shown. */
const withheld = '(the question is not shown)';

/** Are all questions of a topic in one request? */
export const isTogether = ({ prompt }: Pick<Slot, 'prompt'>) => prompt.endsWith('-all');

/** Asks one question, or several together, and keeps the readings; returns why there are none, or `null` when there are. */
async function ask(
  slot: Slot,
  questions: readonly ShownQuestion[],
  input: MeasureInput,
  studio: MeasureStudio,
): Promise<{ failure: string; message: string } | null> {
  const readable = (reply: { text: string; finish: string }) =>
    reply.finish === 'stop' ? readingsOf(slot, reply.text, questions) : null;
  const answer = await studio.ask(
    'student',
    requestOf(slot, questions, input, studio),
    `question_${slot.arm}`,
    (reply) => readable(reply) !== null,
  );
  const readings = answer.ok ? readable(answer.reply) : null;
  for (const [i, { id, order }] of questions.entries())
    studio.record({
      question: id,
      order,
      reply: answer.ok ? answer.text : null,
      reading: readings?.[i] ?? null,
    });
  if (!answer.ok) return answer;
  if (readings !== null) return null;
  return { failure: 'no_reading', message: `the reply was empty, cut or refused (${answer.reply.finish})` };
}

function readingsOf(
  slot: Slot,
  text: string,
  questions: readonly ShownQuestion[],
): readonly Reading[] | null {
  if (isTogether(slot)) return readAnswers(text, questions);
  const reading = readAnswer(text, questions[0]?.options ?? []);
  return reading && [reading];
}

function requestOf(
  slot: Slot,
  questions: readonly ShownQuestion[],
  input: MeasureInput,
  studio: MeasureStudio,
): ChatRequest {
  const [only] = questions;
  const question = isTogether(slot) || only === undefined ? questionBlocks(questions) : questionBlock(only);
  const text = studio.prompt(slot.prompt, { topic: input.topic.title, question });
  const content = [...(input.video?.content ?? []), { type: 'text' as const, text }];
  // The paper's answers are read from words; the strict protocol asks for a form wherever one can be enforced.
  const schema = isTogether(slot) ? allForm : oneForm;
  return { messages: [{ role: 'user', content }], ...(slot.order === 'file' ? {} : { schema }) };
}
