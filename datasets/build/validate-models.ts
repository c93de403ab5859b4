import { z } from 'zod';
import { fillPrompt } from '../../harness/experiment/prompts.ts';
import type { ChatReply, ContentPart } from '../../harness/models/chat.ts';
import { readAnswer } from '../../harness/quiz/grammar.ts';
import { questionBlock, showQuestion } from '../../harness/quiz/question.ts';
import type { Reading } from '../../harness/store/events.ts';
import { letters, type Question } from '../schema.ts';
import type { ShopConfig } from './config.ts';
import type { ShownUnit } from './quiz-frames.ts';
import type { BuildShop } from './shop.ts';

/** A question to be looked at: whose calls these are, and what its topic is called. */
export interface Examined {
  item: string;
  topic: string;
  question: Question;
}

/**
 * Asks the student, blind or with the unit's frames. `null` when the reply is no reading (empty, cut, refused): it is
 * asked anew by the next run. Throws as `OwnedCalls.chat` does.
 */
export async function askStudent(
  shop: BuildShop<ShopConfig>,
  { item, topic, question }: Examined,
  shown: ShownUnit | null,
): Promise<Reading | null> {
  const arm = shown === null ? 'blind' : 'video';
  const block = questionBlock(showQuestion(question));
  const text = fillPrompt(shop.prompt(`dataset/student_${arm}`), { topic, question: block });
  const frames = (shown?.frames ?? []).flatMap(({ timeS, image }): ContentPart[] => [
    { type: 'text', text: `Frame at ${timeS.toFixed(1)} s:` },
    image,
  ]);
  const read = (reply: ChatReply) =>
    reply.finish === 'stop' ? readAnswer(reply.text, question.options) : null;
  const { reply } = await shop
    .calls(item, shown === null ? [] : [shown.sha256])
    .chat(
      shop.config.endpoints.student,
      'student',
      { messages: [{ role: 'user', content: [...frames, { type: 'text', text }] }] },
      { purpose: `question_${arm}` },
      (answer) => read(answer) !== null,
    );
  return read(reply);
}

/** Asks the reviewer which options can be defended, as letters; `null` when it gave no readable answer. */
export async function askReviewer(
  shop: BuildShop<ShopConfig>,
  { item, topic, question }: Examined,
): Promise<readonly string[] | null> {
  const used = letters.slice(0, question.options.length);
  const answer = await shop.ask({
    role: 'reviewer',
    item,
    purpose: 'defensible',
    prompt: shop.prompt('dataset/defensible'),
    data: { task: 'dataset_defensible', topic: { title: topic } },
    values: { question: questionBlock(showQuestion(question)) },
    schema: z.object({ defensible: z.array(z.string().trim().toUpperCase().pipe(z.enum(used))) }),
  });
  return answer && [...new Set(answer.defensible)].sort();
}

/** Does a reading name the key? */
export function namesKey(reading: Reading, question: Question): boolean {
  return reading.kind === 'letter' && reading.letter === letters[question.key];
}
