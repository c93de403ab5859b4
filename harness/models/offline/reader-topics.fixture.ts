import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const topicSchema = z.strictObject({
  title: z.string(),
  /** Lines on screen, frame by frame. */
  frames: z.array(z.array(z.string())),
  questions: z.array(
    z.strictObject({
      stem: z.string(),
      options: z.array(z.string()).length(4),
      /** Index of the right option. */
      key: z.int().min(0).max(3),
      answer: z.string().nullable(),
    }),
  ),
});
export type ReaderTopic = z.infer<typeof topicSchema>;

/** The topics of reader-topics.fixture.yaml. */
export const readerTopics: readonly ReaderTopic[] = z
  .array(topicSchema)
  .parse(parse(readFileSync(join(import.meta.dirname, 'reader-topics.fixture.yaml'), 'utf8')));
