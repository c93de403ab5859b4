import { letters } from '../schema.ts';
import { attempt } from './attempt.ts';
import type { UnitFrames } from './quiz-frames.ts';
import type { Answers, Drafted, Quiz, Verdict } from './quiz-types.ts';
import type { BuildShop, Problem } from './shop.ts';
import type { Refusal } from './types.ts';
import { askReviewer, askStudent, type Examined, namesKey } from './validate-models.ts';

/** Notes of a question that no student has watched the video for. */
export const unverified = 'unverified: not answered from the video by any student';

/**
 * Has every open draft of a quiz looked at by the models: the student without the video must not name the key, with it
 * must, and the reviewer must defend the key alone. A call that failed or gave no reading leaves the question undecided,
 * never accepted, and stops the quiz until the next run.
 */
export async function examine(shop: BuildShop, frames: UnitFrames, quiz: Quiz): Promise<Quiz> {
  const drafts = await Promise.all(
    quiz.drafts.map((draft) => (draft.verdict === null ? decide(shop, frames, quiz, draft) : draft)),
  );
  const open = drafts.map(({ verdict }) => verdict).filter((verdict) => verdict?.state === 'undecided');
  const first = open.find(({ problem }) => problem === null) ?? open[0];
  return first === undefined
    ? { ...quiz, drafts }
    : { ...quiz, drafts, stopped: { problem: first.problem, retry: true } };
}

async function decide(shop: BuildShop, frames: UnitFrames, quiz: Quiz, draft: Drafted): Promise<Drafted> {
  const { item, topic } = quiz;
  const { question } = draft;
  const tried = await attempt(shop, item, () =>
    look(shop, { item, topic: topic.title, question }, () => framesFor(shop, frames, quiz)),
  );
  if (!tried.ok) return { ...draft, verdict: undecided(tried.problem) };
  const { verdict, answers } = tried.value;
  const notes = verdict.state === 'accepted' && answers.video === undefined ? { notes: unverified } : {};
  return { ...draft, question: { ...question, ...notes }, verdict, answers };
}

/** Nobody watches where the unit has no video, or the student cannot see. */
async function framesFor(shop: BuildShop, frames: UnitFrames, quiz: Quiz) {
  return shop.config.endpoints.student.vision ? frames.of(quiz.topic.unit) : null;
}

/** Asks as long as the question stands, cheapest first. */
async function look(
  shop: BuildShop,
  examined: Examined,
  watch: () => ReturnType<typeof framesFor>,
): Promise<{ verdict: Verdict; answers: Answers }> {
  const { question } = examined;
  const key = letters[question.key] ?? '';
  const answers: Answers = {};
  const end = (verdict: Verdict) => ({ verdict, answers });
  const blind = await askStudent(shop, examined, null);
  if (blind === null) return end(undecided(noReading('the student gave no reading without the video')));
  answers.blind = blind;
  if (namesKey(blind, question))
    return end(
      refused('answerable_without_video', `a student that saw nothing chose the right option ${key}`),
    );
  const shown = await watch();
  if (shown !== null) {
    const video = await askStudent(shop, examined, shown);
    if (video === null) return end(undecided(noReading('the student gave no reading with the video')));
    answers.video = video;
    if (!namesKey(video, question)) {
      const chose = video.kind === 'letter' ? `chose ${video.letter}` : 'named no option';
      return end(
        refused('not_answerable_with_video', `a student that saw the pictures ${chose}, not ${key}`),
      );
    }
  }
  const defensible = await askReviewer(shop, examined);
  if (defensible === null) return end(undecided(noReading('the reviewer gave no readable answer')));
  answers.defensible = defensible;
  return end(defended(defensible, key));
}

function defended(defensible: readonly string[], key: string): Verdict {
  const named = defensible.length === 0 ? 'none' : defensible.join(', ');
  if (!defensible.includes(key))
    return refused('wrong_key', `the key is ${key}, but a reviewer defends ${named}`);
  if (defensible.length > 1)
    return refused('two_keys', `a reviewer defends ${named}, not the key ${key} alone`);
  return { state: 'accepted' };
}

function refused(refusal: Refusal, reason: string): Verdict {
  return { state: 'refused', refusal, reason };
}

function undecided(problem: Problem | null): Verdict {
  return { state: 'undecided', problem, reason: problem?.message ?? 'interrupted, or over a limit' };
}

function noReading(message: string): Problem {
  return { cause: 'no_reading', message };
}
