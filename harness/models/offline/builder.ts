import { z } from 'zod';
import type { BuildingShelf, Saying, UnitReplies } from './building.ts';
import { OfflineRefusal } from './refusal.ts';
import { readBlock } from './task.ts';

const videoSchema = z.object({ title: z.string() });
const unitSchema = z.object({ title: z.string(), parent_title: z.string().nullish() });
type Unit = z.infer<typeof unitSchema>;
const topicSchema = z.object({ title: z.string() });

/** A request that follows an answer of no use says what was wrong with it, in one of two places. */
const asked = {
  problem: z.string().nullish(),
  correction: z.object({ problem: z.string() }).nullish(),
};

const taskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('dataset_verdict'), video: videoSchema }),
  z.object({ task: z.literal('dataset_topic'), unit: unitSchema, ...asked }),
  z.object({ task: z.literal('dataset_category'), topic: topicSchema, ...asked }),
  z.object({
    task: z.literal('dataset_quiz'),
    topic: topicSchema,
    unit: unitSchema,
    questions: z.int().min(1),
    round: z.int().min(0).default(0),
  }),
  z.object({ task: z.literal('dataset_rewrite') }),
]);
type Asked = { problem?: string | null | undefined; correction?: { problem: string } | null | undefined };

/**
 * The builder answers dataset building for the example's own videos from written replies, mistakes included. It reads the
 * one json block of the last user message, and nothing else. Throws OfflineRefusal 422 when there is no block, no such
 * video or unit, or the task is not served.
 */
export async function answerAsBuilder(shelf: BuildingShelf, lastUserMessage: string): Promise<string> {
  const task = readBlock(lastUserMessage, taskSchema);
  switch (task.task) {
    case 'dataset_verdict': {
      const replies = await shelf.video(task.video.title);
      if (replies === undefined) throw unknown('video', task.video.title);
      return fence(replies.verdict);
    }
    case 'dataset_topic':
      return say('topic', (await find(shelf, task.unit)).topics, task);
    case 'dataset_category':
      return say('category', (await findTopic(shelf, task.topic.title)).categories, task);
    case 'dataset_quiz': {
      const drafts = (await find(shelf, task.unit)).rounds[task.round] ?? [];
      // More than is wanted would be a reply to another request; fewer, down to none, is all that there is.
      return fence({ questions: drafts.slice(0, task.questions).map(({ reply }) => reply) });
    }
    case 'dataset_rewrite':
      throw new OfflineRefusal(422, 'task_not_served', 'dataset_rewrite: not served by the offline builder');
  }
}

async function find(shelf: BuildingShelf, { title, parent_title }: Unit): Promise<UnitReplies> {
  const unit = await shelf.unit(title, parent_title ?? null);
  if (unit !== undefined) return unit;
  throw unknown('unit', parent_title ? `${title} (${parent_title})` : title);
}

async function findTopic(shelf: BuildingShelf, title: string): Promise<UnitReplies> {
  const unit = await shelf.topic(title);
  if (unit !== undefined) return unit;
  throw unknown('topic', title);
}

/** The first saying, or the last one where a problem with the first is named. */
function say(field: string, sayings: readonly Saying[], { problem, correction }: Asked): string {
  const saying = problem || correction ? sayings.at(-1) : sayings[0];
  if (saying === undefined) throw new Error('the schema asks for a saying');
  return typeof saying === 'string' ? fence({ [field]: saying }) : saying.unreadable;
}

function unknown(kind: string, title: string): OfflineRefusal {
  return new OfflineRefusal(422, 'no_reply', `there is no reply for the ${kind} "${title}"`);
}

function fence(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
