import { z } from 'zod';
import { type BuildingShelf, type Draft, flat } from './building.ts';
import type { SeenRequest } from './chat-route.ts';
import { findQuestion, type ShownQuestion } from './question.ts';
import { OfflineRefusal } from './refusal.ts';
import { readBlock } from './task.ts';

const taskSchema = z.object({ task: z.literal('dataset_defensible') });

/**
 * The reviewer says which options of a question the example's writer can defend: it knows the questions that the builder
 * drafts, by their words, and answers in the letters shown. Throws OfflineRefusal 422 when there is no block, no question,
 * or one that it does not know.
 */
export async function answerAsReviewer(shelf: BuildingShelf, request: SeenRequest): Promise<string> {
  readBlock(request.lastUserMessage, taskSchema);
  const question = findQuestion(request.lastUserMessage);
  if (question === null) throw new OfflineRefusal(422, 'no_question', 'there is no question to review');
  const options = question.options.map(({ text }) => text);
  const draft = await shelf.draft(question.stem, options);
  if (draft === undefined) {
    throw new OfflineRefusal(422, 'no_reply', `there is no reply for the question "${question.stem}"`);
  }
  return judge(question, defensibleOf(draft));
}

/** Texts of the options that can be defended. */
function defensibleOf({ defensible, reply }: Draft): readonly string[] {
  const key = reply.options?.[(reply.key ?? '').charCodeAt(0) - 65];
  return defensible ?? (key === undefined ? [] : [key]);
}

function judge({ options }: ShownQuestion, texts: readonly string[]): string {
  const wanted = texts.map(flat);
  const letters = options.filter(({ text }) => wanted.includes(flat(text))).map(({ letter }) => letter);
  const reason = `${texts.join(' and ')} can be defended, and nothing else.`;
  return `\`\`\`json\n${JSON.stringify({ defensible: letters, reason })}\n\`\`\``;
}
