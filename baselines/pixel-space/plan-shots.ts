import { z } from 'zod';
import { schemaOf } from '../../harness/models/reply-schema.ts';
import { askStructured, readJson } from '../../harness/models/structured.ts';
import type { Lesson, Studio } from '../method.ts';
import { ask } from '../repair.ts';

const shotSchema = z.object({
  title: z.string().trim().min(1).max(300),
  prompt: z.string().trim().min(1).max(3000),
});
export type Shot = z.infer<typeof shotSchema>;

/** The shots of a lesson, or why there are none. */
export type ShotPlan =
  | { ok: true; shots: readonly Shot[] }
  | { ok: false; refused: boolean; problem: string };

/** Asks the planner for exactly `count` shots; an answer that cannot be used is shown to it once. */
export async function planShots(
  lesson: Lesson,
  count: number,
  seconds: number | undefined,
  studio: Studio,
): Promise<ShotPlan> {
  const planSchema = z.object({
    shots: z.array(shotSchema).length(count, `exactly ${count} shots are wanted`),
  });
  const topic = { title: lesson.title, language: lesson.language };
  const data = {
    task: 'shots',
    topic,
    shots: count,
    ...(seconds === undefined ? {} : { secondsEach: seconds }),
  };
  const asked = await askStructured({
    request: ask(studio.prompt('pixel-space/shots', data)),
    schema: schemaOf('shots', planSchema),
    send: (request, attempt) => {
      const purpose = attempt === 1 ? 'shots' : 'shots_correction';
      return studio.chat('planner', request, { purpose, attempt });
    },
    read: ({ text }) => readJson(text, planSchema),
  });
  return asked.ok ? { ok: true, shots: asked.value.shots } : asked;
}
