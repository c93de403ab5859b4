import { join } from 'node:path';
import { Interrupted } from '../../harness/experiment/control.ts';
import { shortId } from '../../harness/store/hash.ts';
import { topicId } from '../identity.ts';
import { balanceQuestions } from '../views/balanced.ts';
import { inOrder } from './in-order.ts';
import { draftRound } from './quiz-ask.ts';
import { quizLine } from './quiz-file.ts';
import { UnitFrames } from './quiz-frames.ts';
import { acceptedOf, type Drafted, type Quiz } from './quiz-types.ts';
import type { BuildShop } from './shop.ts';
import { StageFile } from './stage-file.ts';
import type { UnitTopic, Validated } from './types.ts';
import { examine } from './validate-examine.ts';
import { screen } from './validate-screen.ts';

/** Units worked on at once: their frames are held in memory. */
const atOnce = 16;

/** A unit's quiz: everything that was drafted for it, and what it still lacks. */
export interface BuiltQuiz {
  topic: UnitTopic;
  topicId: string;
  /** In the order drafted. An accepted question has its final order of options. */
  validated: readonly Validated[];
  /** Questions fewer than wanted. */
  lacking: number;
  /** The next run goes on with it: a call failed, gave no reading, or was not made. */
  open: boolean;
}

/**
 * Drafts and validates the quizzes of all units, round by round: refused questions are drafted anew, with the reasons,
 * until a quiz is full or its rounds are used up. Writes `build/6-quiz.jsonl`. Deterministic given the replies, so that a
 * later run finds every stored one. A question that could not be decided is never accepted (accepted false, refusal null).
 * Throws `Interrupted` when a call was not made because of a stop or a limit, after the file was written.
 */
export async function buildQuizzes(shop: BuildShop, topics: readonly UnitTopic[]): Promise<BuiltQuiz[]> {
  const { quiz: wanted, language } = shop.config.file;
  const frames = new UnitFrames(shop);
  let quizzes = topics.map((topic) => openQuiz(shop, topic));
  for (let round = 0; round < wanted.rounds; round++) {
    const isOpen = (quiz: Quiz) => quiz.stopped === null && acceptedOf(quiz).length < wanted.questions;
    if (!quizzes.some(isOpen)) break;
    const drafted = await each(quizzes, async (quiz) =>
      isOpen(quiz) ? draftRound(shop, frames, quiz, round) : quiz,
    );
    const screened = screen(drafted, { language, target: topics.length * wanted.questions });
    quizzes = await each(screened, (quiz) => examine(shop, frames, quiz));
  }
  for (const quiz of quizzes) endQuiz(shop, quiz);
  writeQuizFile(shop, quizzes);
  if (quizzes.some(({ stopped }) => stopped?.problem === null)) throw new Interrupted();
  return balance(quizzes).map((quiz) => builtQuiz(quiz, wanted.questions));
}

async function each(quizzes: readonly Quiz[], work: (quiz: Quiz) => Promise<Quiz>): Promise<Quiz[]> {
  return Array.fromAsync(inOrder(quizzes, atOnce, work));
}

function openQuiz(shop: BuildShop, topic: UnitTopic): Quiz {
  const item = shortId('quiz', { unit: topic.unit.id });
  shop.item({ id: item, stage: 'quiz', label: topic.title.slice(0, 200) });
  const id = topicId(shop.config.collection, topic.title);
  return { topic, topicId: id, item, drafts: [], stopped: null };
}

/** Options of accepted questions in their final order. */
function balance(quizzes: readonly Quiz[]): Quiz[] {
  const accepted = quizzes.flatMap(acceptedOf);
  const questions = balanceQuestions(accepted.map(({ question }) => question));
  const placed = new Map(accepted.map((draft, i) => [draft, questions[i] ?? draft.question]));
  const place = (draft: Drafted) => ({ ...draft, question: placed.get(draft) ?? draft.question });
  return quizzes.map((quiz) => ({ ...quiz, drafts: quiz.drafts.map(place) }));
}

function endQuiz(shop: BuildShop, quiz: Quiz): void {
  const { stopped, item } = quiz;
  const [have, wanted] = [acceptedOf(quiz).length, shop.config.file.quiz.questions];
  const status = { cause: null, message: null };
  if (stopped === null && have >= wanted) shop.end(item, { status: 'ok', ...status });
  else if (stopped === null)
    shop.end(item, { status: 'partial', cause: 'too_few_questions', message: `${have} of ${wanted}` });
  else if (stopped.problem !== null)
    shop.end(item, { status: stopped.retry ? 'infra_error' : 'refused', ...stopped.problem });
}

function writeQuizFile(shop: BuildShop, quizzes: readonly Quiz[]): void {
  const file = new StageFile(join(shop.bundle.paths.folder, 'build'), 'quiz');
  for (const quiz of quizzes) for (const draft of quiz.drafts) file.add(quizLine(quiz, draft));
  file.close();
}

function builtQuiz(quiz: Quiz, wanted: number): BuiltQuiz {
  const validated = quiz.drafts.map(({ question, round, verdict }): Validated => {
    const refused = verdict?.state === 'refused' ? verdict : null;
    const reason = verdict !== null && 'reason' in verdict ? verdict.reason : null;
    const accepted = verdict?.state === 'accepted';
    return { question, accepted, refusal: refused?.refusal ?? null, reason, round };
  });
  const { topic, topicId: id } = quiz;
  const open = quiz.stopped?.retry ?? false;
  return { topic, topicId: id, validated, lacking: wanted - acceptedOf(quiz).length, open };
}
