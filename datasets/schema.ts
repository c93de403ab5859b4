import { z } from 'zod';

/** The letter of an option: A is the first in the order shown. */
export const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Letter = (typeof letters)[number];

/** One multiple-choice item. `key` is the index of the right option in the stored order. */
export const questionSchema = z.strictObject({
  id: z.string(),
  stem: z.string().min(1),
  options: z.array(z.string().min(1)).min(2).max(6),
  key: z.int().nonnegative(),
  /** Must the picture be seen to answer it, or does text on screen say it? */
  needs: z.enum(['seeing', 'text', 'unknown']),
  /** What must be seen to answer it, in words. */
  seen: z.string().optional(),
});
export type Question = z.infer<typeof questionSchema>;

/** A file of the dataset, by content. */
export const fileReferenceSchema = z.strictObject({ path: z.string(), sha256: z.string() });

/** One learning topic. Its id hashes the collection and the original title, so views and corrections keep it. */
export const topicSchema = z.strictObject({
  id: z.string(),
  slug: z.string(),
  title: z.string().min(1),
  category: z.string(),
  language: z.string(),
  quiz: z.array(questionSchema),
  referenceImage: fileReferenceSchema.optional(),
  humanVideo: fileReferenceSchema.optional(),
});
export type Topic = z.infer<typeof topicSchema>;

export interface Dataset {
  name: string;
  /** Which reading of the quizzes: `released`, `corrected`, … */
  view: string;
  licence: string;
  topics: readonly Topic[];
}
