import { letterAt, type ShownQuestion, showQuestion } from '../../harness/quiz/question.ts';
import type { Reading } from '../../harness/store/events.ts';
import { type Interval, wilsonInterval } from '../../metrics/statistics/wilson.ts';
import type { Question, Topic } from '../schema.ts';
import type { Located } from './audit-schema.ts';

/**
 * Asks a model one question: the prompt, then the question as `questionBlock` writes it. `null` when there was no
 * reading (the call failed, or the reply was cut or refused).
 */
export type Ask = (question: ShownQuestion, prompt: string) => Promise<Reading | null>;

const withheld = '(withheld)';

const answerForm =
  'Answer with one JSON object and nothing else: `{"answer": "<letter>"}` with a letter, or `{"answer": null}`';

/** The options of a question in their order, without the stem. */
export function choicesOnly(question: Question): { question: ShownQuestion; prompt: string } {
  return {
    question: { ...showQuestion(question), stem: withheld },
    prompt:
      'The question of this multiple-choice item is withheld; only its options are shown. One of them is right. ' +
      `Pick the one that most looks like the key. ${answerForm} if nothing tells them apart.`,
  };
}

/** The question with its key named: is another option right too? */
export function secondKey(topic: Topic, question: Question): { question: ShownQuestion; prompt: string } {
  return {
    question: showQuestion(question),
    prompt:
      `This multiple-choice question is about ${topic.title}. Its key says that ${letterAt(question.key)} is right. ` +
      'Judge the other options: could an expert defend one of them as a right answer to the question as it is worded? ' +
      `${answerForm} if the key is the only option that can be defended.`,
  };
}

/** What a model reached on the options alone. */
export interface ChoicesOnly {
  right: number;
  /** Questions with a reading; an abstention is one, and wrong. */
  n: number;
  abstained: number;
  /** Questions without a reading. */
  missing: number;
  accuracy: number | null;
  interval: Interval | null;
}

/** Lets a model guess from options alone. All questions are asked at once: the limit is the caller's. */
export async function runChoicesOnly(topics: readonly Topic[], ask: Ask): Promise<ChoicesOnly> {
  const questions = topics.flatMap(({ quiz }) => quiz);
  const readings = await Promise.all(
    questions.map((question) => {
      const shown = choicesOnly(question);
      return ask(shown.question, shown.prompt);
    }),
  );
  const n = readings.filter((reading) => reading !== null).length;
  const right = questions.filter((question, i) => letterOf(readings[i]) === letterAt(question.key)).length;
  return {
    right,
    n,
    abstained: readings.filter((reading) => reading?.kind === 'abstain').length,
    missing: readings.length - n,
    accuracy: n === 0 ? null : right / n,
    interval: wilsonInterval(right, n),
  };
}

/** Questions for which a model defends a second option: its opinion, for a person to judge. */
export async function findSecondKeys(topics: readonly Topic[], ask: Ask): Promise<Located[]> {
  const asked = topics.flatMap((topic) =>
    topic.quiz.map((question, i) => ({ topic, question, number: i + 1 })),
  );
  const found = await Promise.all(
    asked.map(async ({ topic, question, number }): Promise<Located[]> => {
      const shown = secondKey(topic, question);
      const letter = letterOf(await ask(shown.question, shown.prompt));
      const known = question.options.some((_, i) => letterAt(i) === letter);
      if (!known || letter === letterAt(question.key)) return [];
      return [
        {
          kind: 'second_defensible_option',
          where: `${topic.slug} question ${number}`,
          topic: topic.slug,
          question: number,
          id: question.id,
          message: `a model defends ${letter} beside the key ${letterAt(question.key)} (an opinion)`,
        },
      ];
    }),
  );
  return found.flat();
}

function letterOf(reading: Reading | null | undefined): string | null {
  return reading?.kind === 'letter' ? reading.letter : null;
}
