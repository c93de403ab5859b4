import { z } from 'zod';

export const settingsSchema = z
  .strictObject({
    /** Endpoints that judge; each is reported by itself, and how far they are apart. */
    judges: z.array(z.string()).default([]),
    /** Judgements of each video by each judge. */
    repeats: z.int().min(1).max(50).default(1),
    /** What is asked: `paper` presumes an arrangement, `neutral` none; `theorem_explain_bench` are the dimensions of the paper's table 8. */
    rubric: z.enum(['paper', 'neutral', 'theorem_explain_bench']).default('paper'),
    /** Endpoints that measure layout and consistency and understand nothing: never in one column with a judge. */
    proxies: z.array(z.string()).default([]),
    /** Topics for which each judge also sees a blank video, noise, a title card, and one with an order to judges. */
    calibration: z.int().min(0).max(1000).optional(),
    /** Each two videos of a topic against each other, in both orders. */
    pairwise: z.boolean().default(false),
    /** By a topic's slug, what its video must show: each is judged yes or no. */
    checklists: z.record(z.string(), z.array(z.string().min(1)).min(1).max(60)).default({}),
  })
  .refine(({ judges, proxies }) => judges.length + proxies.length > 0, 'name a judge or a proxy');
export type Settings = z.infer<typeof settingsSchema>;
