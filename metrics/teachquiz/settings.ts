import { z } from 'zod';

/** The controls of the strict protocol where a config names none. */
export const strictControls = ['no_video', 'blank', 'title_card', 'options_only', 'other_topic'] as const;

export const settingsSchema = z.strictObject({
  /** Endpoints that take the quiz; each is reported by itself. */
  students: z.array(z.string()).min(1),
  /** Control and decomposition arms beside baseline, unlearned and video; the controls above when absent, none under `paper`. */
  arms: z.array(z.enum([...strictControls, 'text_only', 'animation_only'])).optional(),
  /** Orders of the options in which each question is asked; 2 when absent, the file's own under `paper`. */
  orders: z.int().min(1).max(24).optional(),
  /** Each question by itself, or all of a topic in one request. */
  ask: z.enum(['singly', 'all_at_once']).default('singly'),
  /** Levels of the paper's progressive forgetting check, 0 to 5. */
  forgettingCheck: z.int().min(0).max(5).default(0),
});
export type Settings = z.infer<typeof settingsSchema>;
