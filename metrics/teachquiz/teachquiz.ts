import { z } from 'zod';
import type { ChatRequest } from '../../harness/models/chat.ts';
import { readAnswer } from '../../harness/quiz/grammar.ts';
import { questionBlock, type ShownQuestion, showQuestion } from '../../harness/quiz/question.ts';
import type { Slot } from '../../harness/store/plan-file.ts';
import { defineMetric, type MeasureInput, type MeasureOutcome, type MeasureStudio } from '../metric.ts';
import { scoreTeachQuiz } from './score.ts';

const settingsSchema = z.strictObject({
  /** Endpoints that take the quiz; each is reported by itself. */
  students: z.array(z.string()).min(1),
});
type Settings = z.infer<typeof settingsSchema>;

/** The paper's three arms (section 3.3, appendix A.1.1). Only the last one depends on a video. */
export const arms = ['baseline', 'unlearned', 'video'] as const;
export type Arm = (typeof arms)[number];

/**
 * TeachQuiz under `protocol: paper`: what a student, told to unlearn a topic, can answer again after watching.
 * Baseline and unlearned are measured once per topic and student and serve every method.
 */
export const teachquiz = defineMetric<Settings>({
  name: 'teachquiz',
  version: '1',
  settings: settingsSchema,
  endpoints: (settings) => settings.students.map((endpoint) => ({ role: 'student', endpoint })),
  prompts: arms.map((arm) => `teachquiz/${arm}`),
  slots: (input, settings) => {
    // A view may leave a topic without questions: there is nothing to measure then, and no score.
    const asked = input.topics.filter((topic) => topic.quiz.length > 0).map((topic) => topic.id);
    return settings.students.flatMap((endpoint) => [
      ...asked.flatMap((topicId) => [
        slot('baseline', topicId, null, endpoint),
        slot('unlearned', topicId, null, endpoint),
      ]),
      ...input.cells
        .filter((cell) => asked.includes(cell.topicId))
        .map((cell) => slot('video', cell.topicId, cell.id, endpoint)),
    ]);
  },
  estimate: (_, topic) => ({ student: topic.quiz.length }),
  measure,
  score: scoreTeachQuiz,
});

function slot(arm: Arm, topicId: string, cellId: string | null, endpoint: string): Omit<Slot, 'id'> {
  const prompt = `teachquiz/${arm}`;
  return { metric: 'teachquiz', arm, topicId, cellId, order: 'file', endpoint, prompt, repeat: 0 };
}

async function measure(slot: Slot, input: MeasureInput, studio: MeasureStudio): Promise<MeasureOutcome> {
  const questions = input.topic.quiz.map((question) => showQuestion(question));
  const asked = await Promise.all(questions.map((question) => askOne(slot, question, input, studio)));
  const failed = asked.filter((answer) => answer !== null);
  const first = failed[0];
  if (first === undefined) return { status: 'ok', cause: null, message: null };
  return {
    status: first.failure === 'no_reading' ? 'judge_error' : 'infra_error',
    cause: first.failure,
    message: `${failed.length} of ${questions.length} questions have no reading; first: ${first.message}`,
  };
}

/** Asks one question and keeps its reading; returns why there is none, or `null` when there is one. */
async function askOne(
  slot: Slot,
  question: ShownQuestion,
  input: MeasureInput,
  studio: MeasureStudio,
): Promise<{ failure: string; message: string } | null> {
  const request = questionRequest(slot, question, input, studio);
  const readable = (reply: { text: string; finish: string }) =>
    reply.finish === 'stop' ? readAnswer(reply.text, question.options) : null;
  const answer = await studio.ask('student', request, `question_${slot.arm}`, (r) => readable(r) !== null);
  const reading = answer.ok ? readable(answer.reply) : null;
  studio.record({
    question: question.id,
    order: question.order,
    reply: answer.ok ? answer.text : null,
    reading,
  });
  if (!answer.ok) return answer;
  if (reading !== null) return null;
  return { failure: 'no_reading', message: `the reply was empty, cut or refused (${answer.reply.finish})` };
}

function questionRequest(
  slot: Slot,
  question: ShownQuestion,
  input: MeasureInput,
  studio: MeasureStudio,
): ChatRequest {
  const text = studio.prompt(slot.prompt, {
    topic: input.topic.title,
    question: questionBlock(question),
  });
  const shown = input.video?.content ?? [];
  return { messages: [{ role: 'user', content: [...shown, { type: 'text', text }] }] };
}
