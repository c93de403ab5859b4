import { z } from 'zod';

/** Settings of the method; size, rate and length that are not set are those of the endpoint (`clip`). */
export const settingsSchema = z
  .strictObject({
    /** Clips of a lesson. More than one: a planner writes what each of them shows, and they are joined. */
    shots: z.int().min(1).max(20).default(1),
    width: z.int().min(16).max(4096).optional(),
    height: z.int().min(16).max(4096).optional(),
    /** Of one clip. */
    seconds: z.number().positive().max(60).optional(),
    fps: z.int().positive().max(60).optional(),
    /** Of the first repeat; each further one adds 1. */
    seed: z.int().nonnegative().default(1),
  })
  .refine(({ width, height }) => (width === undefined) === (height === undefined), {
    error: 'width and height are set together, or neither is',
    path: ['width'],
  });
export type Settings = z.infer<typeof settingsSchema>;
