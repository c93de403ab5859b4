import { z } from 'zod';
import { OfflineRefusal } from './refusal.ts';

/*
 * The contract between prompts and the offline author: one fenced `json` block in the last user message says what is
 * wanted and holds all that is needed for it. Every planner, coder and critic prompt carries it; real models read it too.
 */

const topicSchema = z.object({ title: z.string() });
const codeSchema = z.array(z.object({ line: z.int(), text: z.string() }));
const errorSchema = z.object({
  type: z.string(),
  message: z.string().default(''),
  line: z.int().nullish(),
});
const scopeSchema = z.object({ kind: z.string(), start: z.int(), end: z.int() });

/** Error, code and scope are optional here: where one is missing, the author says in words that it needs more. */
const evidence = {
  error: errorSchema.nullish(),
  code: codeSchema.nullish(),
  scope: scopeSchema.nullish(),
};
const sectionSchema = z.object({ id: z.string() });
/** Such as `8x8`: the grid of anchors that the code is for; 6x6 where nothing is said. */
const anchors = z.string().optional();

export const taskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('outline'), topic: topicSchema }),
  z.object({ task: z.literal('storyboard'), topic: topicSchema }),
  z.object({
    task: z.literal('section_code'),
    topic: topicSchema,
    section: sectionSchema,
    anchors,
    ...evidence,
  }),
  z.object({ task: z.literal('scene_code'), topic: topicSchema, anchors }),
  z.object({
    task: z.literal('repair'),
    topic: topicSchema,
    section: sectionSchema.nullish(),
    anchors,
    ...evidence,
  }),
  z.object({ task: z.literal('shots'), topic: topicSchema, shots: z.int().min(1).max(20) }),
  z.object({ task: z.literal('critique') }),
  z.object({ task: z.literal('rewrite'), topic: topicSchema, section: sectionSchema, anchors, ...evidence }),
]);
export type Task = z.infer<typeof taskSchema>;
export type Evidence = Pick<Extract<Task, { task: 'repair' }>, 'error' | 'code' | 'scope' | 'anchors'>;

/** Reads a task of the author; throws as `readBlock` does. */
export function readTask(message: string): Task {
  return readBlock(message, taskSchema);
}

/** Reads the one fenced `json` block of a message. Throws OfflineRefusal 422 where there is none or it is no such task. */
export function readBlock<T>(message: string, schema: z.ZodType<T>): T {
  const blocks = [...message.matchAll(/^```json[ \t]*\n([\s\S]*?)\n```[ \t]*$/gm)];
  const text = blocks[0]?.[1];
  if (text === undefined || blocks.length !== 1) {
    throw new OfflineRefusal(
      422,
      'no_task',
      `expected one fenced json block in the last user message, found ${blocks.length}`,
    );
  }
  const task = schema.safeParse(parse(text));
  if (task.success) return task.data;
  throw new OfflineRefusal(
    422,
    'unreadable_task',
    `the json block is no task: ${z.prettifyError(task.error)}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new OfflineRefusal(422, 'unreadable_task', `the json block is no JSON: ${String(thrown)}`);
  }
}
