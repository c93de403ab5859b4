import { z } from 'zod';
import { attempt } from './attempt.ts';
import { descriptionShown } from './filter.ts';
import { draftsForm, readDraft } from './quiz-draft.ts';
import type { UnitFrames } from './quiz-frames.ts';
import { acceptedOf, type Drafted, type Quiz } from './quiz-types.ts';
import { type BuildShop, replyCauses } from './shop.ts';

/**
 * Items are read one by one (`readDraft`), so that a malformed one does not sink the others. None at all is an answer too:
 * the round is used up.
 */
const repliesSchema = z.object({ questions: z.array(z.unknown()) });

/**
 * Asks the builder for the questions that a quiz lacks, naming what was accepted and what was refused and why. More
 * than were asked for are passed over. A failed call or an unreadable reply stops the quiz until the next run.
 */
export async function draftRound(
  shop: BuildShop,
  frames: UnitFrames,
  quiz: Quiz,
  round: number,
): Promise<Quiz> {
  const { unit } = quiz.topic;
  const wanted = shop.config.file.quiz.questions - acceptedOf(quiz).length;
  const asked = await attempt(shop, quiz.item, async () => {
    const shown = shop.config.endpoints.builder.vision ? await frames.of(unit) : null;
    return shop.consult({
      role: 'builder',
      item: quiz.item,
      purpose: 'quiz',
      prompt: shop.prompt('dataset/quiz'),
      data: blockOf(shop, quiz, round, wanted),
      images: (shown?.frames ?? []).map(({ image }) => image),
      schema: repliesSchema,
      form: draftsForm(shop.config.file.quiz.options),
      files: shown === null ? [] : [shown.sha256],
    });
  });
  if (!asked.ok) return { ...quiz, stopped: { problem: asked.problem, retry: true } };
  if (!asked.value.ok) {
    const { problem } = asked.value;
    return { ...quiz, stopped: { problem, retry: problem.cause === replyCauses.unreadable } };
  }
  const items = asked.value.value.questions.slice(0, wanted);
  return { ...quiz, drafts: [...quiz.drafts, ...items.map((item) => drafted(shop, quiz, item, round))] };
}

/** What the builder is told, as the prompt's block of data. */
function blockOf(shop: BuildShop, quiz: Quiz, round: number, wanted: number) {
  const { language, quiz: asked } = shop.config.file;
  const { title, parentTitle, description, startS, endS, transcript } = quiz.topic.unit;
  const shownText = description.slice(0, descriptionShown);
  return {
    task: 'dataset_quiz',
    topic: { title: quiz.topic.title },
    unit: { title, parentTitle, description: shownText, startS, endS, transcript },
    questions: wanted,
    options: asked.options,
    language,
    round,
    accepted: acceptedOf(quiz).map(({ question }) => ({ stem: question.stem })),
    refused: quiz.drafts.flatMap(({ question: { stem }, verdict }) =>
      verdict?.state === 'refused' ? [{ stem, refusal: verdict.refusal, reason: verdict.reason }] : [],
    ),
  };
}

function drafted(shop: BuildShop, quiz: Quiz, draft: unknown, round: number): Drafted {
  const { options } = shop.config.file.quiz;
  const source = `built by ${shop.config.endpoints.builder.model}`;
  const { question, problem } = readDraft(draft, quiz.topicId, options, source);
  const verdict =
    problem === null
      ? null
      : { state: 'refused' as const, refusal: 'wrong_schema' as const, reason: problem };
  return { question, round, draft, answers: {}, verdict };
}
