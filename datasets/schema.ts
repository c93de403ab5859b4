import { z } from 'zod';

/** The letter of an option: A is the first in the order stored. */
export const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Letter = (typeof letters)[number];

/** Tags of questions that the harness itself knows; any other word is allowed. */
export const questionTags = {
  needsSeeing: 'needs-seeing',
  needsText: 'needs-text',
  /** The stem points at somebody's lesson, video or syllabus, which a generated video cannot answer. */
  refersToSource: 'refers-to-source',
  /** Options were written anew by a model (`mmmc@rewritten`). */
  rewritten: 'rewritten',
} as const;

/** What a question needs, as its tags say. */
export function needsOf(tags: readonly string[]): 'seeing' | 'text' | 'unknown' {
  if (tags.includes(questionTags.needsSeeing)) return 'seeing';
  return tags.includes(questionTags.needsText) ? 'text' : 'unknown';
}

/** Text with something in it; kept as it is, outer spaces too. */
const filled = (message: string) => z.string().refine((text) => text.trim() !== '', message);

/** One multiple-choice item. */
export const questionSchema = z.strictObject({
  /** Hash of the topic's id, and of stem and set of options as first imported; no view or correction changes it. */
  id: z.string().regex(/^question-[0-9a-f]{12}$/),
  stem: filled('the stem is empty'),
  options: z.array(filled('an option is empty')).min(2).max(letters.length),
  /** Index of the right option in the stored order, from 0. */
  key: z.int().nonnegative(),
  /** Who or what wrote it, in words. */
  source: z.string().optional(),
  tags: z.array(z.string()).default([]),
  notes: z.string().optional(),
});
export type Question = z.infer<typeof questionSchema>;

/** Is the path relative, inside its folder, and free of what file systems and terminals trip over? */
export function isInnerPath(path: string): boolean {
  const parts = path.split('/');
  return (
    /^[^\\\p{Cc}\p{Cf}]+$/u.test(path) && parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** A picture or video of the dataset, by content. */
export const mediaSchema = z.strictObject({
  /** From the dataset's folder, with `/`. */
  path: z.string().max(400).refine(isInnerPath, 'must be a path inside the dataset’s folder'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
  /** Media type as the bytes say, whatever the extension. */
  type: z.string(),
  /** Pixels. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** Seconds. */
  durationS: z.number().positive().optional(),
});
export type MediaFile = z.infer<typeof mediaSchema>;

/** One learning topic. */
export const topicSchema = z.strictObject({
  /** Hash of the collection and the original title; no view or correction changes it. */
  id: z.string().regex(/^topic-[0-9a-f]{12}$/),
  /** Short name for tables and files: lower-case ASCII letters, digits and dashes, unique in its dataset. */
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  title: filled('the title is empty'),
  category: z.string().nullable(),
  /** BCP 47. */
  language: z.string().min(2),
  source: z.strictObject({
    collection: z.string(),
    url: z.string().nullable(),
    licence: z.string().nullable(),
  }),
  /** Id of the topic that this is a segment of. */
  parent: z.string().nullable(),
  /** Length of the human video or segment, seconds. */
  durationS: z.number().positive().nullable(),
  tags: z.array(z.string()),
  /** Other names that it goes by, such as the file-safe one of the release. */
  aliases: z.array(z.string()),
  quiz: z.array(questionSchema),
  referenceImage: mediaSchema.optional(),
  humanVideo: mediaSchema.optional(),
  /** Fields of the source that the harness does not know, as they were. */
  extra: z.record(z.string(), z.unknown()).optional(),
});
export type Topic = z.infer<typeof topicSchema>;

/** dataset.json: what the folder holds, with the hash of every file. */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-z0-9][\w.-]*$/i, 'use letters, digits, dot, dash, underscore'),
  /** Raised by hand when the content changes. */
  version: z.string(),
  title: z.string(),
  description: z.string(),
  licence: z.string(),
  /** The collection that ids hash; usually the name. */
  collection: z.string(),
  topics: z.int(),
  questions: z.int(),
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), bytes: z.int() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A dataset as loaded: one view of its quizzes, and where its media lie. */
export interface Dataset {
  name: string;
  version: string;
  title: string;
  description: string;
  licence: string;
  collection: string;
  /** Which reading of the quizzes: `released`, `corrected`, … */
  view: string;
  /** The folder that paths of media start from. */
  folder: string;
  topics: readonly Topic[];
  /** What the import met, when it was read from its source just now. */
  anomalies?: readonly Anomaly[];
}

/** What an import met and did not mend: never fatal, always told. */
export interface Anomaly {
  /** A short word for counting, such as `missing_image`. */
  kind: string;
  /** File and line, or topic and question. */
  where: string;
  message: string;
}
